import { describe, expect, it } from 'vitest';
import { faultCases, hardwareCases } from './faultCases.mjs';
import { faultRows, faultTable, problemsOf } from './faultTable.mjs';

const known = {
  number: 1,
  words: 'a fault',
  times: 5,
  lossInSteps: 10,
  recoverySeconds: 2,
  tests: [],
};

/** @param {object} change */
function problems(change, isWhole = false) {
  const seen = { case: 1, words: '', injected: 5, survived: 5, worstLossInSteps: 3 };
  const figures = [{ ...seen, worstRecoverySeconds: 1, ...change }];
  return faultRows(figures, [known]).flatMap((row) => problemsOf(row, isWhole));
}

describe('the list of faults', () => {
  it('has every case once, those that take hardware apart', () => {
    const numbers = [...faultCases, ...hardwareCases].map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
  });
});

describe('a case', () => {
  it('holds when it was survived every time and within its bounds', () => {
    expect(problems({})).toEqual([]);
  });

  it('fails when it was not injected, or not often enough for the whole list', () => {
    expect(problems({ case: 2 })).toEqual(['was not injected']);
    expect(problems({ injected: 4, survived: 4 })).toEqual([]);
    expect(problems({ injected: 4, survived: 4 }, true)).toEqual(['was not injected 5 times']);
  });

  it('fails when it was not survived once', () => {
    expect(problems({ survived: 4 })).toEqual(['was not survived 1 times']);
  });

  it('fails beyond its bounds, and where nobody measured what they bound', () => {
    expect(problems({ worstLossInSteps: 11, worstRecoverySeconds: 2.1 })).toEqual([
      ...['may cost 10 steps', 'may take 2 s'],
    ]);
    expect(problems({ worstLossInSteps: undefined })).toEqual(['may cost 10 steps']);
  });

  it('is what all its tests saw together', () => {
    const seen = { case: 1, words: '', injected: 2, survived: 2, worstLossInSteps: 3 };
    expect(faultRows([seen, { ...seen, survived: 1, worstLossInSteps: 7 }], [known])).toEqual([
      { known, injected: 4, survived: 3, lossInSteps: 7, recoverySeconds: undefined },
    ]);
  });
});

describe('the table', () => {
  it('has a line a case in order, and says how to run what takes hardware', () => {
    const lines = faultTable(faultRows([]), false).split('\n');
    expect(lines.slice(1, 29).map((line) => parseInt(line, 10))).toEqual(
      Array.from({ length: 28 }, (_, i) => i + 1),
    );
    expect(lines[11]).toMatch(/^11 .* not run .* takes hardware$/);
    expect(lines[1]).toMatch(/FAILED: was not injected$/);
    expect(lines.slice(29).join(' ')).toMatch(/npm run plan/);
  });
});
