import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

/** A worker's world without an adapter, which notes how often it was asked for one. */
function withoutAdapter(): { asked: number } {
  const noted = { asked: 0 };
  const requestAdapter = async () => {
    noted.asked++;
    return null;
  };
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
  vi.stubGlobal('location', new URL('https://workbench.test/'));
  return noted;
}

describe('an adapter that takes its time', () => {
  it('is waited for once at the start, and once at a change of the engine', async () => {
    const noted = withoutAdapter();
    const { Workspace } = await import('../workspace.ts');
    const workspace = new Workspace(() => undefined);
    const options = { siteUrl: 'https://workbench.test/', tuning: 'off', threads: 1 } as const;
    const report = await workspace.begin({ engine: 'cpu', ...options });
    expect([report, noted.asked]).toEqual([{ name: 'cpu', reason: 'chosen' }, 1]);

    await workspace.changeEngine('cpu');
    expect(noted.asked).toBe(2);
    // It has just not answered: opening it would only wait for it again.
    await expect(workspace.changeEngine('webgpu')).rejects.toMatchObject({
      code: 'engine.unavailable',
      params: { engine: 'webgpu', problem: 'no WebGPU adapter answered' },
    });
    expect([workspace.engine, noted.asked]).toEqual([report, 3]);
  });
});
