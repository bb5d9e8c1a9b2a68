import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { faultCases, hardwareCases } from './faultCases.mjs';
import { faultRows, faultTable, problemsOf } from './faultTable.mjs';
import { inProject } from './paths.mjs';

const testFiles = ['src', 'e2e', 'scripts/lib'].flatMap((folder) =>
  readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /[.]test[.](ts|mjs)$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
);
const self = 'scripts/lib/faultTable.test.mjs';

/**
 * Which case each file gives figures of, as its text has it.
 * @param {readonly string[]} paths
 */
async function casesToldIn(paths) {
  const files = paths.filter((path) => path !== self);
  const found = files.map(async (path) => {
    const text = await readFile(inProject(path), 'utf8');
    const numbers = [...text.matchAll(/\b(?:case: |eachInjects\()(\d+)/g)].map(([, n]) =>
      Number(n),
    );
    if (text.includes('noteInputs(')) numbers.push(24);
    return [...new Set(numbers)].map((number) => ({ path, number }));
  });
  return (await Promise.all(found)).flat();
}

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

  it('names for every case the files whose tests tell of it, and no file too few', async () => {
    const told = await casesToldIn(testFiles);
    expect(told.length).toBeGreaterThan(30);
    const isNamed = (/** @type {{ path: string, number: number }} */ { path, number }) =>
      faultCases
        .find((each) => each.number === number)
        ?.tests.some((name) => path === name || (name.endsWith('/') && path.startsWith(name)));
    expect(told.filter((each) => !isNamed(each))).toEqual([]);
    const silent = faultCases.filter(({ number }) => !told.some((each) => each.number === number));
    expect(silent).toEqual([]);
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
