import { at } from '../../util/assert.ts';
import type { Operation, Value } from './operation.ts';

/** Cutting values into parts by their last dimension, and putting such parts together. */

export interface Range {
  readonly first: number;
  readonly count: number;
}

/** What a part of these channels looks like. */
export const channelsOf = ({ shape }: Value, { count }: Range, name: string): Value => ({
  name,
  shape: [...shape.slice(0, -1), count],
});

export function take(x: Value, range: Range, name: string): { value: Value; operation: Operation } {
  const value = channelsOf(x, range, name);
  const of = { ...range, channels: at(x.shape, x.shape.length - 1) };
  return { value, operation: { kind: 'takeChannels', of, reads: { x }, writes: { y: value } } };
}

export function join(parts: readonly Value[], y: Value): Operation {
  return {
    kind: 'joinChannels',
    of: { channels: parts.map(({ shape }) => at(shape, shape.length - 1)) },
    reads: Object.fromEntries(parts.map((part, i) => [`x${i}`, part])),
    writes: { y },
  };
}
