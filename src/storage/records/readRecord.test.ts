import { describe, expect, it } from 'vitest';
import { variantIds } from '../../domain/ablation/ablation.ts';
import { phraseTexts } from '../../util/phraseTexts.ts';
import { listedRun } from '../listRuns.ts';
import {
  commitOfAllLayers,
  fullCommit,
  fullCurves,
  fullDataset,
  fullDrawing,
  fullNote,
  fullTuning,
} from '../testing/fullRecords.ts';
import { spoiled } from '../testing/spoiled.ts';
import { type RecordStore, readRecord, recordKinds } from './readRecord.ts';

/** What hides a record is beside the point here: each shows. */
const whole = {
  runs: { ...fullNote('r'), deletedAt: 1 },
  commits: fullCommit('r'),
  curves: fullCurves(),
  datasets: { ...fullDataset('d'), deletedAt: 1 },
  drawings: { ...fullDrawing('a'), deletedAt: 1 },
  tuning: fullTuning,
} as const satisfies Record<RecordStore, unknown>;
const stores = Object.keys(whole) as RecordStore[];

const spoiledOf = (store: RecordStore) => [...spoiled(recordKinds[store].schema, whole[store])];

describe.each(stores)('a record of the store %s', (store) => {
  it('is read as it was written', () => {
    expect(readRecord(store, whole[store])).toEqual({ record: whole[store] });
  });

  it('is read, or refused with its place, whichever field of it is wrong', () => {
    const all = spoiledOf(store);
    expect(all.length).toBeGreaterThan(5);
    for (const { what, value } of all) {
      const read = readRecord(store, value);
      if ('problem' in read) expect(phraseTexts, what).toHaveProperty([read.problem.code]);
      // Nothing is read as what it is not: only what may be missing is, and what nobody knows.
      else expect(what).toMatch(/: (gone|there|NaN)$|variantMs.*: null$/);
    }
  });

  it.each([2, 1.5, '1', 'later', null, {}])('is refused as of version %j', (recordVersion) => {
    const read = readRecord(store, { ...whole[store], recordVersion });
    const isKnown = Number(recordVersion) <= recordKinds[store].version;
    expect('problem' in read).toBe(!isKnown);
  });

  it.each([null, 7, 'text', [], new Uint8Array(3), new Map(), {}])('is not %j', (value) => {
    expect(readRecord(store, value)).toHaveProperty('problem');
  });
});

it('a layer of each kind is looked at', () => {
  const all = commitOfAllLayers('r');
  for (const [index, layer] of all.record.architecture.layers.entries()) {
    const of = { ...all.record.architecture, layers: [layer] };
    const commit = { ...all, record: { ...all.record, architecture: of } };
    const changes = [...spoiled(recordKinds.commits.schema, commit)].filter(({ what }) =>
      what.startsWith('.record.architecture.layers.0'),
    );
    expect(changes.length, `${index} ${layer.kind}`).toBeGreaterThan(5);
    for (const { what, value } of changes) {
      expect(readRecord('commits', value), what).toHaveProperty('problem');
    }
  }
});

it('what an older version lacks is what it did, and its runs went beyond later limits', () => {
  const { normalization: _, ...recipe } = whole.commits.record.recipe;
  const record = { ...whole.commits.record, recipe: { ...recipe, steps: 1_000_500 } };
  expect(readRecord('commits', { ...whole.commits, record })).toMatchObject({
    record: { record: { recipe: { normalization: 'lrn', steps: 1_000_500 } } },
  });
});

it.each([
  ...['augmentation', 'labelSmoothing', 'normalization', 'geometry', 'elastic', 'thickness'],
  ...['schedule', 'dropout', 'weightDecay', 'averaging', 'seed', 'improved'],
])('a run of an ablation is read, also of what ablations had once: %s', (variant) => {
  const { record } = whole.commits;
  const stored = { ...record, experiment: { id: 'e', variant } };
  const read = readRecord('commits', { ...whole.commits, record: stored });
  // It has the mark where a table can show it.
  const experiment = variantIds.some((id) => id === variant) ? stored.experiment : undefined;
  expect(read).toEqual({ record: { ...whole.commits, record: { ...record, experiment } } });
});

describe('which images an evaluation read right', () => {
  it.each([
    [10, [0xff, 0b11], true],
    [10, [0xff, 0b111], false],
    [10, [0xff, 0x80], false],
    [8, [0xff], true],
    [8, [0xff, 0], false],
    [0, [], true],
  ])('is a bit an image and no more: of %i images %j', (images, bits, isRead) => {
    const { evaluation } = whole.runs;
    const right = Uint8Array.from(bits);
    const read = readRecord('runs', {
      ...whole.runs,
      evaluation: { ...evaluation, images, right },
    });
    expect('record' in read).toBe(isRead);
  });
});

describe('a run in a list', () => {
  it('is shown or named unreadable, whatever is wrong with its note or its only checkpoint', () => {
    for (const { what, value } of spoiledOf('runs')) {
      expect(listedRun('r', value, [whole.commits]), what).toBeDefined();
    }
    for (const { what, value } of spoiledOf('commits')) {
      expect(listedRun('r', whole.runs, [value]), what).toBeDefined();
    }
  });

  it('goes by the checkpoint before where the last one cannot be read', () => {
    const last = { ...whole.commits, generation: 2, record: null };
    expect(listedRun('r', whole.runs, [whole.commits, last])).toMatchObject({
      ...{ id: 'r', step: 3 },
    });
  });

  it('without a note is named by its checkpoint', () => {
    const name = 'Run r';
    const problem = { code: 'record.noNote' };
    expect(listedRun('r', undefined, [whole.commits])).toMatchObject({ id: 'r', name, problem });
  });
});
