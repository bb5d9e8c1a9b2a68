import { describe, expect, it } from 'vitest';
import { pauseAfterLook } from './pauseAfterLook.ts';

describe('between two looks inside', () => {
  it('the steps have most of the time of a processor, and of a GPU what a look leaves', () => {
    for (const engine of ['wasm', 'cpu'] as const) {
      expect(pauseAfterLook(engine, 100), engine).toBe(5000);
    }
    for (const engine of ['webgpu', 'tfjs', 'webgl'] as const) {
      expect(pauseAfterLook(engine, 200), engine).toBe(400);
    }
    expect(pauseAfterLook('webgpu', 10)).toBe(490);
  });

  it('no more time goes by than a person waits', () => {
    expect(pauseAfterLook('wasm', 2000)).toBe(30_000);
  });
});
