import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from './sha256.ts';

describe.each([
  { where: 'in a secure context', isSecure: true },
  { where: 'over plain http', isSecure: false },
])('SHA-256 $where', ({ isSecure }) => {
  afterEach(() => vi.unstubAllGlobals());

  it('is what everybody else computes, of parts of a buffer too', async () => {
    if (!isSecure) vi.stubGlobal('crypto', {});
    const someBytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(someBytes, fc.nat({ max: 40 }), async (bytes, from) => {
        const part = new Uint8Array(bytes).subarray(from);
        const expected = createHash('sha256').update(part).digest();
        expect(Buffer.from(await sha256(part))).toEqual(expected);
      }),
    );
  });
});
