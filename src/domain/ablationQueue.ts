import * as v from 'valibot';
import { assert } from '../util/assert.ts';
import type { ErrorParams } from '../util/errors.ts';
import { type PhraseCode, phraseTexts } from '../util/phraseTexts.ts';
import {
  type AblationFrame,
  type AblationVariant,
  ablationVariants,
  variantIds,
} from './ablation.ts';
import type { Evaluation } from './metrics.ts';
import { type Recipe, RecipeSchema } from './recipe.ts';
import type { RunRecord, RunSummary } from './run.ts';

/**
 * The runs of an ablation and how far they are. It is small and kept by the page; the runs themselves
 * carry a mark (`RunRecord.experiment`), by which a row finds its run again after a reload.
 */

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

const RowSchema = v.variant('status', [
  v.strictObject({ variant: v.picklist(variantIds), status: v.picklist(['waiting', 'running']) }),
  v.strictObject({
    variant: v.picklist(variantIds),
    status: v.literal('done'),
    result: v.strictObject({
      step: count,
      training: figures,
      validation: figures,
      /** Spent in training steps. */
      seconds: v.number(),
    }),
  }),
  v.strictObject({
    variant: v.picklist(variantIds),
    status: v.literal('failed'),
    /** `code` and `params` say the same sentence in every language. */
    error: v.strictObject({
      code: v.exactOptional(v.string()),
      params: v.exactOptional(ParamsSchema),
      message: v.string(),
    }),
  }),
]);

export const AblationQueueSchema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  /** `ended`: all rows are through, or it was cancelled. */
  status: v.picklist(['running', 'paused', 'ended']),
  frame: v.pick(RecipeSchema, [
    ...(['architecture', 'width', 'batchSize', 'steps', 'seed'] as const),
    ...(['displayStep', 'validationInterval', 'validationImages', 'checkpointInterval'] as const),
  ]),
  rows: v.pipe(v.array(RowSchema), v.minLength(1), v.maxLength(variantIds.length)),
});

export type AblationQueue = v.InferOutput<typeof AblationQueueSchema>;
export type AblationRow = AblationQueue['rows'][number];
export type AblationResult = Extract<AblationRow, { status: 'done' }>['result'];
export type AblationFigures = AblationResult['training'];
export type AblationError = Extract<AblationRow, { status: 'failed' }>['error'];

export function newAblation(
  id: string,
  frame: AblationFrame,
  variants: readonly AblationVariant[],
): AblationQueue {
  const rows = variants.map(({ id: variant }) => ({ variant, status: 'waiting' as const }));
  return { id, status: 'running', frame: { ...frame }, rows };
}

/** A kept queue; undefined where there is none, or what is there is no queue of this version. */
export function readAblation(text: string | null): AblationQueue | undefined {
  if (text === null) return undefined;
  try {
    const result = v.safeParse(AblationQueueSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** The row that is trained next. */
export function nextRow({ rows }: AblationQueue): AblationRow | undefined {
  return rows.find(({ status }) => status === 'waiting' || status === 'running');
}

export function withRow(queue: AblationQueue, row: AblationRow): AblationQueue {
  const rows = queue.rows.map((old) => (old.variant === row.variant ? row : old));
  return { ...queue, rows };
}

/** As it is gone on with: what failed is tried once more. */
export function continued(queue: AblationQueue): AblationQueue {
  const rows = queue.rows.map((row) =>
    row.status === 'failed' ? { variant: row.variant, status: 'waiting' as const } : row,
  );
  return { ...queue, status: 'running', rows };
}

/** At rest: no row is under way. */
export function atRest(queue: AblationQueue, status: 'paused' | 'ended'): AblationQueue {
  const rows = queue.rows.map((row) =>
    row.status === 'running' ? { ...row, status: 'waiting' as const } : row,
  );
  return { ...queue, status, rows };
}

export function recipeOfRow({ frame }: AblationQueue, { variant }: AblationRow): Recipe {
  const found = ablationVariants(frame).find(({ id }) => id === variant);
  assert(found, `the network has the ingredient ${variant}`);
  return found.recipe;
}

/** The newest stored run of a row. */
export function runOfRow(
  runs: readonly RunSummary[],
  { id }: AblationQueue,
  { variant }: AblationRow,
): RunSummary | undefined {
  return runs
    .filter(({ experiment }) => experiment?.id === id && experiment.variant === variant)
    .sort((a, b) => b.createdAt - a.createdAt)[0];
}

/** Whether no step is left: early stopping may have ended it before its last one. */
export function isTrained({
  status,
  step,
  recipe,
}: Pick<RunSummary, 'status' | 'step' | 'recipe'>): boolean {
  return status === 'finished' || step >= recipe.steps;
}

/** What a row keeps of two evaluations of its run. */
export function resultOf(
  { step, trainingMs }: Pick<RunRecord, 'step' | 'trainingMs'>,
  training: Pick<Evaluation, keyof AblationFigures>,
  validation: Pick<Evaluation, keyof AblationFigures>,
): AblationResult {
  return {
    step,
    training: figuresOf(training),
    validation: figuresOf(validation),
    seconds: trainingMs / 1000,
  };
}

function figuresOf({
  images,
  loss,
  accuracy,
}: Pick<Evaluation, keyof AblationFigures>): AblationFigures {
  return { images, loss: Number.isFinite(loss) ? loss : null, accuracy };
}

/** Training minus validation accuracy, -1 to 1: above 0 where more was learned than generalises. */
export function gapOf({ training, validation }: AblationResult): number {
  return training.accuracy - validation.accuracy;
}

/** The result of the seed recipe, to which the others are compared, once it is there. */
export function baselineOf({ rows }: AblationQueue): AblationResult | undefined {
  return rows.flatMap((row) =>
    row.variant === 'seed' && row.status === 'done' ? row.result : [],
  )[0];
}
