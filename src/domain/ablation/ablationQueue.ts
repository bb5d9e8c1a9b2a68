import * as v from 'valibot';
import { assert } from '../../util/assert.ts';
import { MOST_RUNS } from '../metrics/differenceInterval.ts';
import { type Recipe, RecipeSchema } from '../recipe/recipe.ts';
import type { RunSummary } from '../runs/run.ts';
import {
  type AblationFrame,
  type AblationVariant,
  ablationVariants,
  notOfFrame,
  variantIds,
} from './ablation.ts';
import { type AblationConditions, AblationConditionsSchema } from './ablationConditions.ts';
import {
  type AblationResult,
  type AblationRow,
  AblationRowSchema,
  isRow,
  type RowName,
} from './ablationRow.ts';

/**
 * The runs of an ablation and how far they are. It is small and kept by the page; the runs themselves
 * carry a mark (`RunRecord.experiment`), by which a row finds its run again after a reload.
 */
export const AblationQueueSchema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  /** `ended`: all rows are through, or it was cancelled. */
  status: v.picklist(['running', 'paused', 'ended']),
  frame: v.omit(RecipeSchema, notOfFrame),
  conditions: AblationConditionsSchema,
  /** Every variant from the first seed, then every variant from the next. */
  rows: v.pipe(
    v.array(AblationRowSchema),
    v.minLength(1),
    v.maxLength(variantIds.length * MOST_RUNS),
  ),
});

/** What may be asked for of a new one beside its frame. */
export const AblationOptionsSchema = v.strictObject({
  seeds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RUNS)),
  /** As many as usual, if it is missing. */
  trainingImages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
export type AblationOptions = v.InferOutput<typeof AblationOptionsSchema>;

export type AblationQueue = v.InferOutput<typeof AblationQueueSchema>;

export interface AblationPlan {
  readonly frame: AblationFrame;
  readonly conditions: AblationConditions;
  readonly variants: readonly AblationVariant[];
  readonly seeds: readonly number[];
}

/** Seed by seed: so a table of all variants is there as soon as can be, and grows surer. */
export function newAblation(id: string, plan: AblationPlan): AblationQueue {
  const { frame, conditions, variants, seeds } = plan;
  const rows = seeds.flatMap((seed) =>
    variants.map(({ id: variant }) => ({ variant, seed, status: 'waiting' as const })),
  );
  return { id, status: 'running', frame: { ...frame }, conditions, rows };
}

/** A kept queue, or what is there in its place: nothing, or something of another version. */
export function readAblation(text: string | null): AblationQueue | 'none' | 'unreadable' {
  if (text === null) return 'none';
  try {
    const result = v.safeParse(AblationQueueSchema, JSON.parse(text));
    return result.success ? result.output : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** The row that is trained next. */
export function nextRow({ rows }: AblationQueue): AblationRow | undefined {
  return rows.find(({ status }) => status === 'waiting' || status === 'running');
}

export function withRow(queue: AblationQueue, row: AblationRow): AblationQueue {
  return { ...queue, rows: queue.rows.map((old) => (isRow(old, row) ? row : old)) };
}

/** As it is gone on with: what failed stays failed. */
export function continued(queue: AblationQueue): AblationQueue {
  return { ...queue, status: 'running' };
}

/** As it is gone on with where what failed is to be tried once more. */
export function retried(queue: AblationQueue): AblationQueue {
  const rows = queue.rows.map((row) => (row.status === 'failed' ? waitingRow(row) : row));
  return { ...queue, status: 'running', rows };
}

/** At rest: no row is under way. */
export function atRest(queue: AblationQueue, status: 'paused' | 'ended'): AblationQueue {
  const rows = queue.rows.map((row) => (row.status === 'running' ? waitingRow(row) : row));
  return { ...queue, status, rows };
}

function waitingRow({ variant, seed }: RowName): AblationRow {
  return { variant, seed, status: 'waiting' };
}

/** From first to last, as the rows have them. */
export function variantsOf({ rows }: AblationQueue): AblationRow['variant'][] {
  return [...new Set(rows.map(({ variant }) => variant))];
}

export function seedsOf({ rows }: AblationQueue): number[] {
  return [...new Set(rows.map(({ seed }) => seed))];
}

/** How many validation images each run is measured on, the first ones. */
export function measuredImages({ frame, conditions }: AblationQueue): number {
  return Math.min(frame.validationImages, conditions.heldBack);
}

export function recipeOfRow({ frame }: AblationQueue, { variant, seed }: RowName): Recipe {
  const found = ablationVariants({ ...frame, seed }).find(({ id }) => id === variant);
  assert(found, `the network has the ingredient ${variant}`);
  return found.recipe;
}

/** The newest stored run of a row. */
export function runOfRow(
  runs: readonly RunSummary[],
  { id }: AblationQueue,
  { variant, seed }: RowName,
): RunSummary | undefined {
  return runs
    .filter(
      ({ experiment, recipe }) =>
        experiment?.id === id && experiment.variant === variant && recipe.seed === seed,
    )
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

/** The result of a row, once it is there. */
export function resultIn({ rows }: AblationQueue, name: RowName): AblationResult | undefined {
  const row = rows.find((other) => isRow(other, name));
  return row?.status === 'done' ? row.result : undefined;
}
