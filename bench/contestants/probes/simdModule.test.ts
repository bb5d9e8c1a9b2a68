import { describe, expect, it } from 'vitest';
import { simdModule } from './simdModule.ts';

function run(bytes: Uint8Array<ArrayBuffer>, turns: number): number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return (exports.run as (turns: number) => number)(turns);
}

describe('the multiply-adds in WebAssembly', () => {
  it.each([1, 4, 12, 16])('does what it says with %i sums', (sums) => {
    const m = Math.fround(0.999);
    const expected = Array.from({ length: sums }, (_, i) => ((1 + i) * m + m) * m + m);
    expect(run(simdModule(sums, false), 2)).toBeCloseTo(
      expected.reduce((a, b) => a + b, 0),
      3,
    );
  });

  it('takes time in proportion to its turns, so that its loop is not left out', () => {
    const bytes = simdModule(12, false);
    const time = (turns: number) => {
      const start = performance.now();
      run(bytes, turns);
      return performance.now() - start;
    };
    time(1e6);
    const least = (turns: number) => Math.min(...Array.from({ length: 5 }, () => time(turns)));
    expect(least(8e6)).toBeGreaterThan(2 * least(1e6));
  });

  it('is a module with fused multiply-adds too, where those are known', () => {
    const bytes = simdModule(12, true);
    // Node 20 knows them behind a flag; a browser of today without one.
    expect(bytes.length).toBeLessThan(simdModule(12, false).length);
    if (WebAssembly.validate(bytes)) expect(run(bytes, 1)).toBeGreaterThan(0);
  });
});
