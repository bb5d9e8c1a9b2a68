import type { Binding } from './wgsl.ts';

/** The numbers that change from step to step: how shaders declare them, and how they are written. */

const fields = {
  seed: 'u32',
  step: 'u32',
  /** Images in the batch. */
  count: 'u32',
  /** Where the step's figures go. */
  slot: 'u32',
  rate: 'f32',
  decay: 'f32',
  average: 'f32',
} as const;

export type StepNumbers = { readonly [name in keyof typeof fields]: number };

const names = Object.keys(fields) as (keyof StepNumbers)[];
const WORD_BYTES = 4;

export const STEP_STRUCT = `
struct Step {
${names.map((name) => `  ${name}: ${fields[name]},`).join('\n')}
}`;

export const STEP_BINDING: Binding = { name: 'step', access: 'uniform', type: 'Step' };
/** Of whole vectors, as uniforms are. */
export const STEP_BYTES = 16 * Math.ceil((names.length * WORD_BYTES) / 16);

/** The bytes of these numbers, in `view` if there is one already; what is left out is 0. */
export function stepBytes(
  numbers: Partial<StepNumbers>,
  view = new DataView(new ArrayBuffer(STEP_BYTES)),
): DataView<ArrayBuffer> {
  for (const [i, name] of names.entries()) {
    const value = numbers[name] ?? 0;
    if (fields[name] === 'u32') view.setUint32(WORD_BYTES * i, value, true);
    else view.setFloat32(WORD_BYTES * i, value, true);
  }
  return view;
}
