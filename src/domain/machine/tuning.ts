/**
 * Which of several ways to compute something is the fastest is measured on each machine once, and
 * remembered. These types are what the engine that measures, the store that keeps, and the page
 * that asks have in common.
 */

/** `auto` measures where the adapter is hardware: a software one takes seconds to compile a shader. */
export const tuningChoices = ['auto', 'on', 'off'] as const;
export type TuningChoice = (typeof tuningChoices)[number];

/** What was measured for one operation on one machine. */
export interface TuningRecord {
  /** Name of the fastest variant. */
  readonly variant: string;
  /**
   * Of every variant measured, by name; null where it does not work, or gave a wrong result. What could
   * not be tried, for want of memory, is not there.
   */
  readonly variantMs: Readonly<Record<string, number | null>>;
}

/** Keeps measurements between visits. Neither method is ever in the way: failures count as absence. */
export interface TuningMemory {
  read(key: string): Promise<TuningRecord | undefined>;
  write(key: string, record: TuningRecord): Promise<void>;
  clear(): Promise<void>;
}

/** How far the GPU is made ready for a run. */
export interface Preparation {
  readonly stage: PreparationStage;
  readonly done: number;
  readonly total: number;
}

/** `tuning` measures which shaders to use, `compiling` makes them ready. */
export type PreparationStage = 'tuning' | 'compiling';

export function shouldMeasure(choice: TuningChoice, adapterIsSoftware: boolean): boolean {
  return choice === 'auto' ? !adapterIsSoftware : choice === 'on';
}
