import * as v from 'valibot';
import type { ErrorParams } from '../../util/errors.ts';
import { type PhraseCode, phraseTexts } from '../../util/phraseTexts.ts';
import type { Evaluation } from '../metrics/metrics.ts';
import { recipeRanges } from '../recipe/recipe.ts';
import type { RunRecord } from '../runs/run.ts';
import { variantIds } from './ablation.ts';

/** One run of an ablation: a variant from one seed, and what it came to. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/**
 * How the trained network reads images as they are, in inference mode. A loss may have become infinite;
 * JSON has no word for that, so it is null then.
 */
const figures = v.strictObject({
  images: count,
  loss: v.nullable(v.number()),
  accuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

const phraseCodes = Object.keys(phraseTexts) as PhraseCode[];
const ParamsSchema: v.GenericSchema<ErrorParams> = v.record(
  v.string(),
  v.union([
    v.string(),
    v.number(),
    v.strictObject({
      code: v.picklist(phraseCodes),
      params: v.exactOptional(v.lazy(() => ParamsSchema)),
    }),
  ]),
);

const name = {
  variant: v.picklist(variantIds),
  seed: v.pipe(count, v.maxValue(recipeRanges.seed.max)),
};

export const AblationRowSchema = v.variant('status', [
  v.strictObject({ ...name, status: v.picklist(['waiting', 'running']) }),
  v.strictObject({
    ...name,
    status: v.literal('done'),
    result: v.strictObject({
      step: count,
      training: figures,
      validation: figures,
      /** Spent in training steps. */
      seconds: v.number(),
      /** Of a run of `seed`: which validation images it reads right, a bit each, in hexadecimals. */
      right: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]*$/))),
      /** Of another run: how many validation images both it and `seed` from the same seed read right. */
      bothRight: v.exactOptional(count),
    }),
  }),
  v.strictObject({
    ...name,
    status: v.literal('failed'),
    /** `code` and `params` say the same sentence in every language. */
    error: v.strictObject({
      code: v.exactOptional(v.string()),
      params: v.exactOptional(ParamsSchema),
      message: v.string(),
    }),
  }),
]);

export type AblationRow = v.InferOutput<typeof AblationRowSchema>;
export type AblationResult = Extract<AblationRow, { status: 'done' }>['result'];
export type AblationFigures = AblationResult['training'];
export type AblationError = Extract<AblationRow, { status: 'failed' }>['error'];
/** Which run of an ablation. */
export type RowName = Pick<AblationRow, 'variant' | 'seed'>;

export function isRow(a: RowName, b: RowName): boolean {
  return a.variant === b.variant && a.seed === b.seed;
}

type Reading = Pick<Evaluation, keyof AblationFigures | 'truths' | 'predictions'>;

/**
 * What a row keeps of two evaluations of its run.
 * @param baseline the run of `seed` from the same seed; undefined of itself, and where it is not there
 */
export function resultOf(
  { variant }: Pick<RowName, 'variant'>,
  { step, trainingMs }: Pick<RunRecord, 'step' | 'trainingMs'>,
  training: Pick<Evaluation, keyof AblationFigures>,
  validation: Reading,
  baseline?: AblationResult,
): AblationResult {
  const bits = rightBits(validation);
  const other = baseline?.right;
  const isComparable = baseline?.validation.images === validation.images;
  return {
    step,
    training: figuresOf(training),
    validation: figuresOf(validation),
    seconds: trainingMs / 1000,
    ...(variant === 'seed' && { right: bits }),
    ...(other !== undefined && isComparable && { bothRight: commonBits(bits, other) }),
  };
}

function figuresOf({
  images,
  loss,
  accuracy,
}: Pick<Evaluation, keyof AblationFigures>): AblationFigures {
  return { images, loss: Number.isFinite(loss) ? loss : null, accuracy };
}

const BITS_A_DIGIT = 4;

function rightBits({ truths, predictions }: Pick<Reading, 'truths' | 'predictions'>): string {
  const digits: string[] = [];
  for (let first = 0; first < truths.length; first += BITS_A_DIGIT) {
    let digit = 0;
    for (let i = first; i < Math.min(first + BITS_A_DIGIT, truths.length); i++) {
      if (truths[i] === predictions[i]) digit |= 1 << (i - first);
    }
    digits.push(digit.toString(16));
  }
  return digits.join('');
}

/** How many bits are set in both. */
function commonBits(a: string, b: string): number {
  let common = 0;
  for (let i = 0; i < a.length; i++) {
    let both = Number.parseInt(a.charAt(i), 16) & Number.parseInt(b.charAt(i), 16);
    for (; both !== 0; both >>= 1) common += both & 1;
  }
  return common;
}
