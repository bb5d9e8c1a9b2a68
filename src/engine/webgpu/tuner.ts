import type { TuningMemory, TuningRecord } from '../../domain/machine/tuning.ts';
import { likeliest, type Operation, type Variant } from './operation.ts';
import type { Pipelines } from './pipelines.ts';
import { type Trial, TrialStand, type TunedOperation } from './trial.ts';
import { type Machine, tuningKey } from './tuningKey.ts';

/**
 * Chooses among the variants of each operation by measuring them on this device. A plan of variants
 * says which are worth trying; no table of GPUs would say which is the fastest, since that depends on
 * the driver as much as on the chip. What was measured is remembered, so that a machine is asked once.
 *
 * What is decided and remembered is a variant's name; the variant of that name is the operation's own.
 */

/** Gives the variant to use. Operations that were not tuned get their likeliest. */
export type Choose = (operation: Operation) => Variant;

export interface TuningOptions {
  readonly machine: Machine;
  /** What all measuring of this call may take; then the likeliest variants are taken. */
  readonly budgetMs?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Once aborted nothing more is measured, as if the budget were spent. */
  readonly signal?: AbortSignal | undefined;
}

/** Gets ready to try these variants of an operation; undefined where that cannot be. */
export type StartTrial = (
  tuned: TunedOperation,
  variants: readonly Variant[],
) => Promise<Trial | undefined>;

/** As long as a visitor may be kept waiting once; what it leaves is measured the next time. */
export const TUNING_BUDGET_MS = 4000;

export async function tune(
  device: GPUDevice,
  pipelines: Pipelines,
  operations: readonly TunedOperation[],
  memory: TuningMemory | undefined,
  options: TuningOptions,
): Promise<Choose> {
  const stand = new TrialStand(device, pipelines);
  try {
    const choose = await chooseBy(
      (...trial) => stand.prepare(...trial),
      ...([operations, memory, options] as const),
    );
    const shadersOf = (variants: readonly Variant[]) => variants.flatMap(({ shaders }) => shaders);
    const kept = new Set(
      shadersOf(operations.map(({ operation }) => choose(operation))).map(({ wgsl }) => wgsl),
    );
    const tried = shadersOf(operations.flatMap(({ operation }) => operation.variants));
    pipelines.forget(tried.filter(({ wgsl }) => !kept.has(wgsl)));
    return choose;
  } finally {
    stand.dispose();
  }
}

/** The same with anything that can try an operation. */
export async function chooseBy(
  startTrial: StartTrial,
  operations: readonly TunedOperation[],
  memory: TuningMemory | undefined,
  { machine, budgetMs = TUNING_BUDGET_MS, onProgress, signal }: TuningOptions,
): Promise<Choose> {
  const endsAt = performance.now() + budgetMs;
  const mayGoOn = () => performance.now() < endsAt && !signal?.aborted;
  const keyOf = (operation: Operation) => tuningKey(machine, operation);
  const open = dearestFirst(distinct(operations.filter(hasChoice), keyOf));
  const chosen = new Map<string, string>();
  for (const [done, [key, tuned]] of open.entries()) {
    onProgress?.(done, open.length);
    const { operation } = tuned;
    const known = knownOf(await memory?.read(key), operation);
    const variantMs = await measureMissing(tuned, known, startTrial, mayGoOn);
    const { name } = fastest(operation, variantMs);
    chosen.set(key, name);
    if (variantMs !== known) await memory?.write(key, { variant: name, variantMs });
  }
  if (open.length > 0) onProgress?.(open.length, open.length);
  return (operation) => {
    const name = chosen.get(keyOf(operation));
    // Of this very operation: a shader of another may draw other random numbers.
    return operation.variants.find((variant) => variant.name === name) ?? likeliest(operation);
  };
}

type VariantMs = TuningRecord['variantMs'];

/** What a record says of these variants; nothing where it is not what we write. */
function knownOf(record: TuningRecord | undefined, { variants }: Operation): VariantMs {
  const stored: unknown = record?.variantMs;
  if (typeof stored !== 'object' || stored === null) return {};
  const names = new Set(variants.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([name, ms]) => names.has(name) && (ms === null || (Number.isFinite(ms) && ms > 0)),
    ),
  );
}

/** `known`, completed as far as the time allows; the same object where nothing was measured. */
async function measureMissing(
  tuned: TunedOperation,
  known: VariantMs,
  startTrial: StartTrial,
  mayGoOn: () => boolean,
): Promise<VariantMs> {
  const { variants } = tuned.operation;
  const missing = variants.filter(({ name }) => !(name in known));
  if (missing.length === 0 || !mayGoOn()) return known;
  const trial = await startTrial(tuned, missing);
  if (!trial) return known;
  let variantMs = known;
  try {
    for (const variant of missing) {
      if (!mayGoOn()) break;
      const measured = await trial.measure(variant, leastMs(variantMs));
      if (measured.kind === 'notNow') continue;
      const ms = measured.kind === 'works' ? measured.ms : null;
      variantMs = { ...variantMs, [variant.name]: ms };
    }
  } finally {
    trial.dispose();
  }
  return variantMs;
}

function leastMs(variantMs: VariantMs): number {
  return Math.min(...Object.values(variantMs).map((ms) => ms ?? Infinity));
}

/** The likeliest where nothing has been measured, or nothing works. */
function fastest(operation: Operation, variantMs: VariantMs): Variant {
  const msOf = ({ name }: Variant) => variantMs[name] ?? Infinity;
  return operation.variants.reduce(
    (best, variant) => (msOf(variant) < msOf(best) ? variant : best),
    likeliest(operation),
  );
}

/** By key, each once. */
function distinct(
  operations: readonly TunedOperation[],
  keyOf: (operation: Operation) => string,
): [string, TunedOperation][] {
  return [...new Map(operations.map((tuned) => [keyOf(tuned.operation), tuned])).entries()];
}

/** Where the most time is to be won, if there is not enough for all. */
function dearestFirst(operations: readonly [string, TunedOperation][]): [string, TunedOperation][] {
  return [...operations].sort(([, a], [, b]) => b.operation.flops - a.operation.flops);
}

const hasChoice = ({ operation }: TunedOperation): boolean => operation.variants.length > 1;
