import type { Gate } from '../gate.ts';
import { f32, type Lanes, laneType } from './wgsl.ts';

/** A WGSL expression of the factor, from the expression of the activation's output. */
export function gateFactor(gate: Gate, output: string, lanes: Lanes): string {
  const type = laneType(lanes);
  switch (gate.kind) {
    case 'open':
      return `${type}(1.0)`;
    case 'relu':
      return `select(${type}(0.0), ${type}(${f32(gate.scale)}), ${output} > ${type}(0.0))`;
    case 'tanh':
      return `(${type}(1.0) - ${output} * ${output})`;
  }
}
