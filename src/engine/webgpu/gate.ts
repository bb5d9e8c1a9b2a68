import type { Gate } from '../../domain/architecture/activation.ts';
import { f32, isNan, type Lanes, laneType } from './wgsl.ts';

/** Tells one gate from another in the shapes of operations. */
export function gateLabel(gate: Gate): string {
  return `gate ${gate.kind}${gate.kind === 'relu' && gate.scale !== 1 ? ` ${gate.scale}` : ''}`;
}

/** A WGSL expression of the factor, from the name of the activation's output; NaN for NaN. */
export function gateFactor(gate: Gate, output: string, lanes: Lanes): string {
  const type = laneType(lanes);
  switch (gate.kind) {
    case 'open':
      return `${type}(1.0)`;
    case 'relu':
      return `select(select(${type}(0.0), ${type}(${f32(gate.scale)}), ${output} > ${type}(0.0)), ${output}, ${isNan(output, lanes)})`;
    case 'tanh':
      return `(${type}(1.0) - ${output} * ${output})`;
  }
}
