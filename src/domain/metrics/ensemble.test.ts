import { describe, expect, it } from 'vitest';
import { confusionOf, topOneAccuracy } from './confusion.ts';
import { type EnsembleMember, ensembleFigures, readTogether } from './ensemble.ts';

describe('networks that read together', () => {
  // One is sure of class 0, two lean to class 1.
  const unequal = [Float32Array.of(0.9, 0.1), Float32Array.of(0.4, 0.6), Float32Array.of(0.4, 0.6)];

  it('take the mean of what they find probable', () => {
    expect([...readTogether(unequal, 2, 'mean')]).toEqual([0]);
  });

  it('or what most of them read', () => {
    expect([...readTogether(unequal, 2, 'vote')]).toEqual([1]);
  });

  it('and of as many votes what they find more probable', () => {
    expect([...readTogether(unequal.slice(0, 2), 2, 'vote')]).toEqual([0]);
    expect([...readTogether(unequal.slice(0, 2).reverse(), 2, 'vote')]).toEqual([0]);
  });

  it('are one network where there is one', () => {
    const alone = [Float32Array.of(0.2, 0.5, 0.3, 0.1, 0.1, 0.8)];
    for (const combination of ['mean', 'vote'] as const) {
      expect([...readTogether(alone, 3, combination)]).toEqual([1, 2]);
    }
  });
});

/** Of one image a row, each of class 0, read with this probability of it. */
function reading(...ofTruth: number[]): EnsembleMember {
  const rows = ofTruth.map((p) => [p, 1 - p]);
  return member(
    ofTruth.map(() => 0),
    rows,
  );
}

/** What a network is that read images of these classes with these probabilities, a row each. */
function member(
  truth: readonly number[],
  rows: readonly (readonly number[])[],
  { name = 'a', datasetId = 'set', classNames = ['0', '1', '2'] } = {},
): EnsembleMember {
  const classes = rows[0]?.length ?? 0;
  const truths = Uint16Array.from(truth);
  const predictions = Uint16Array.from(rows, (row) => row.indexOf(Math.max(...row)));
  const confusion = confusionOf(truths, predictions, classes);
  const evaluation = {
    ...{ split: 'test' as const, images: rows.length, loss: 1, datasetId },
    ...{ confusion, truths, predictions },
    accuracy: topOneAccuracy(confusion),
    confidences: Float32Array.from(rows, (row) => Math.max(...row)),
    probabilities: Float32Array.from(rows.flat()),
  };
  return { name, classNames: classNames.slice(0, classes), evaluation };
}

describe('what networks come to together', () => {
  // Each fails on another image, and so none of them fails for all.
  const members = [reading(0.4, 0.9, 0.9), reading(0.9, 0.4, 0.9), reading(0.2, 0.2, 0.9)];

  it('is told beside the best of them', () => {
    expect(ensembleFigures(members.slice(0, 2), 'mean')).toMatchObject({
      ...{ combination: 'mean', members: 2, images: 3, accuracy: 1, best: 0 },
      gain: { both: 2, onlyFirst: 1, onlySecond: 0, p: 1 },
    });
    // Of the first image 0, 1, 0 vote for the truth; of the second 1, 0, 0.
    expect(ensembleFigures(members, 'vote')).toMatchObject({
      ...{ accuracy: 1 / 3, members: 3 },
      gain: { both: 1, onlyFirst: 0, onlySecond: 1 },
    });
  });

  it('is told of networks whose file has other names for the classes', () => {
    const rows = [[0.9, 0.1]];
    const named = member([0], rows, { classNames: ['cat', 'dog'] });
    expect(ensembleFigures([named, member([0], rows)], 'mean').accuracy).toBe(1);
  });

  it('is not told of what was read without probabilities', () => {
    const { name, classNames, evaluation } = reading(0.9, 0.9, 0.9);
    const { probabilities: _, ...without } = evaluation;
    const all = [reading(0.9, 0.9, 0.9), { name, classNames, evaluation: without }];
    expect(() => ensembleFigures(all, 'mean')).toThrow();
  });

  const rows = [
    [1, 0],
    [0.6, 0.4],
  ];
  const first = member([0, 1], rows, { name: 'a.onnx' });
  const wider = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  it.each([
    [member([0, 1], wider, { name: 'b.onnx' }), 'the one has 2 classes and the other 3'],
    [member([0], [[1, 0]], { name: 'b.onnx' }), 'they were not evaluated on the same images'],
    [
      member([0, 1], rows, { name: 'b.onnx', datasetId: 'other' }),
      'they were not evaluated on the same images',
    ],
    [
      member([0, 1], rows, { name: 'b.onnx', classNames: ['1', '0'] }),
      'their classes stand in different orders',
    ],
    [member([1, 0], rows, { name: 'b.onnx' }), 'their classes stand in different orders'],
  ])('is refused by the names of those that do not go together: %#', (second, problem) => {
    for (const combination of ['mean', 'vote'] as const) {
      expect(() => ensembleFigures([first, first, second], combination)).toThrow(
        `a.onnx and b.onnx cannot read together: ${problem}.`,
      );
    }
  });

  it('is refused whichever of them comes first', () => {
    const second = member([0, 1], wider, { name: 'b.onnx' });
    expect(() => ensembleFigures([second, first], 'mean')).toThrow(
      'b.onnx and a.onnx cannot read together: the one has 3 classes and the other 2.',
    );
  });
});
