import { describe, expect, it } from 'vitest';
import { digits, table } from './markdown.mjs';

describe('a table', () => {
  it('sets columns of numbers to the right, and bars of a cell apart', () => {
    expect(
      table(
        ['who', 'ms'],
        [
          ['ours | theirs', '1.5'],
          ['x', '–'],
        ],
      ),
    ).toBe(
      [
        '| who            |  ms |',
        '| -------------- | --: |',
        '| ours \\| theirs | 1.5 |',
        '| x              |   – |',
      ].join('\n'),
    );
  });

  it.each([
    [1234.5, '1235'],
    [12.345, '12.3'],
    [0.0123456, '0.0123'],
    [3, '3'],
  ])('writes %f with three digits that mean something', (value, text) => {
    expect(digits(value)).toBe(text);
  });
});
