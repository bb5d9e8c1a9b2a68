import { type FixedView, plainView } from './fixedView.ts';
import { sides } from './views.ts';

/** How a network does on test images that are turned, smaller or off their place. */
export const robustnessTests = {
  plain: [plainView],
  rotated: [
    { ...plainView, rotate: 15 },
    { ...plainView, rotate: -15 },
  ],
  scaled: [{ ...plainView, scale: 0.85 }],
  shifted: sides(3).map((shift) => ({ ...plainView, shift })),
} as const satisfies Record<string, readonly FixedView[]>;

export type RobustnessTest = keyof typeof robustnessTests;

export interface RobustnessRow {
  readonly test: RobustnessTest;
  /** Top-1, 0 to 1: the mean over the views of the test. */
  readonly accuracy: number;
  /** What the test takes away from the plain accuracy, in the same unit. */
  readonly cost: number;
}

/** A network's table of robustness. */
export interface RobustnessReport {
  /** Steps that it had been trained for. */
  readonly step: number;
  /** Whose test images were read. */
  readonly datasetName: string;
  /** Test images of each view. */
  readonly images: number;
  readonly rows: readonly RobustnessRow[];
}

/** The table, from the accuracies that were measured for each view of each test, the plain one first. */
export function robustnessRows(
  measured: readonly { readonly test: RobustnessTest; readonly accuracy: number }[],
): RobustnessRow[] {
  const mean = (wanted: RobustnessTest) => {
    const accuracies = measured.filter(({ test }) => test === wanted);
    return accuracies.reduce((sum, { accuracy }) => sum + accuracy, 0) / accuracies.length;
  };
  const tests = [...new Set(measured.map(({ test }) => test))];
  return tests.map((test) => {
    const accuracy = mean(test);
    return { test, accuracy, cost: mean('plain') - accuracy };
  });
}
