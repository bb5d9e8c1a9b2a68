import { describe, expect, it } from 'vitest';
import { opsText } from './ops.mjs';
import { networkText, probeText, widthText } from './stepText.mjs';

const spec = {
  ...{ arch: /** @type {const} */ ('alexnet'), norm: /** @type {const} */ ('lrn'), width: 0.75 },
  ...{ batch: 32, dropout: 0.5, seed: 1, data: /** @type {const} */ ('noise') },
};
const even = (/** @type {number} */ value) => ({ fastest: value, median: value, slowest: value });

describe('what a table says', () => {
  it.each([
    [1, '1'],
    [0.25, '1/4'],
    [1 / 3, '1/3'],
    [0.0625, '1/16'],
    [0.75, '×0.75'],
    [0.4, '×0.4'],
  ])('of width %f is %s', (width, text) => {
    expect(widthText(width)).toBe(text);
    expect(networkText({ ...spec, width })).toContain(`at width ${text},`);
  });

  it("sets PyTorch's product apart from what touches no memory", () => {
    const probe = (/** @type {string} */ device) => ({
      ...{ id: device, title: `of ${device}`, device, gflops: even(7) },
    });
    const text = probeText([probe('wasm'), probe('native')]);
    expect(text).toContain('touch no memory: of wasm 7. The peak of native code: of native 7.');
  });

  it('of operations names whom the others are compared with, round by round and without padding', () => {
    const timing = (/** @type {string} */ id, /** @type {number[]} */ roundsMs, median = 1) => ({
      ...{ id, roundsMs, ms: even(median) },
    });
    const flops = { padded: 4e9, inside: 2e9 };
    const operation = { layer: 0, which: /** @type {const} */ ('forward'), name: 'conv1', flops };
    const timings = [timing('b', [1, 10, 1]), timing('a', [2, 20, 9])];
    const entrants = ['b', 'a'].map((id) => ({ id, title: id.toUpperCase() }));
    const text = opsText({
      entrants,
      results: [{ ...operation, timings }],
      spec,
      rounds: 3,
      flops,
    });
    const [head = '', , row = ''] = text.split('\n').slice(2);
    const cells = (/** @type {string} */ line) => line.split('|').map((cell) => cell.trim());
    expect(cells(head)).toEqual([
      '',
      'layer',
      'operation',
      'MFLOP',
      'B, ms',
      'A, ms',
      'B, GFLOP/s',
      'A / B',
      '',
    ]);
    expect(cells(row)).toEqual(['', 'conv1', 'forward', '2000', '1', '1', '2000', '2', '']);
    expect(text).toContain(
      '4 GFLOP, taps on the padding counted as is usual, 2 without (50 % less)',
    );
  });
});
