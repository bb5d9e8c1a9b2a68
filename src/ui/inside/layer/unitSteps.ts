import type { Architecture } from '../../../domain/architecture/architecture.ts';
import type { Block } from '../../../domain/figure/blocks.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { windowOf } from '../../../domain/inside/receptiveField.ts';
import type { Unit } from '../../../domain/inside/unit.ts';
import {
  type Step,
  type SumStep,
  unitStory,
  type ValuesOf,
} from '../../../domain/inside/unitStory.ts';
import { at } from '../../../util/assert.ts';

/** A name and the number that a unit has after it. */
export interface Stage {
  readonly layer: string;
  readonly name: 'sum' | 'relu' | 'tanh' | 'linear' | Step['kind'];
  readonly value: number;
  /** The unit's own: the one that is chosen. */
  readonly isOwn: boolean;
}

/** The products behind a unit, and what becomes of their sum within its block. */
export interface UnitSteps {
  readonly sum: SumStep;
  readonly stages: readonly Stage[];
}

/** Undefined while the weights of the layer with the products are not there. */
export function unitSteps(
  architecture: Architecture,
  block: Block,
  unit: Unit,
  valuesOf: ValuesOf,
  filters: LayerFilters,
): UnitSteps | undefined {
  const weights = [filters.kernel, ...(filters.bias ? [filters.bias] : [])];
  const steps = unitStory(architecture, unit, valuesOf, weights);
  const [sum, ...others] = steps;
  if (sum?.kind !== 'sum') return undefined;
  const isOwn = (name: string) => name === unit.layer;
  const stages: Stage[] = [
    { layer: sum.unit.layer, name: 'sum', value: sum.before, isOwn: false },
    ...[{ ...sum, kind: sum.activation }, ...others].map(({ kind, value, unit: { layer } }) => ({
      ...{ layer, name: kind, value, isOwn: isOwn(layer) },
    })),
    ...after(block, unit, valuesOf),
  ];
  return { sum, stages };
}

/** What the layers of the block behind make of it: a pool, of a window that it is in, if there is one. */
function after({ layers }: Block, unit: Unit, valuesOf: ValuesOf): Stage[] {
  const stages: Stage[] = [];
  let { y, x } = unit;
  for (const report of layers.slice(1)) {
    const { layer, outputShape } = report;
    if (layer.kind === 'dropout' || outputShape.length !== 3) continue;
    const [height, width, channels] = [at(outputShape, 0), at(outputShape, 1), at(outputShape, 2)];
    const window = windowOf(report);
    if (typeof window === 'object') {
      const { side, strideHeight, strideWidth, padTop, padLeft } = window;
      const row = Math.min(height - 1, Math.floor((y + padTop) / strideHeight));
      const column = Math.min(width - 1, Math.floor((x + padLeft) / strideWidth));
      const isSeen =
        row * strideHeight - padTop + side > y && column * strideWidth - padLeft + side > x;
      if (!isSeen) break;
      [y, x] = [row, column];
    }
    const value = at(valuesOf(layer.name), (y * width + x) * channels + unit.channel);
    stages.push({ layer: layer.name, name: layer.kind as Stage['name'], value, isOwn: false });
  }
  return stages;
}

/** A part of a sum of products: one channel of the patch, or one number of a dense layer's input. */
export interface Term {
  readonly channel: number;
  readonly product: number;
}

/** The heaviest parts of the sum, plus or minus, and what all others come to. */
export function heaviestTerms(
  { shape, patch, filter, sum }: SumStep,
  count: number,
): { terms: Term[]; others: number; rest: number } {
  const channels = shape.at(-1) ?? 1;
  const products = new Float64Array(channels);
  for (const [i, value] of patch.entries()) {
    const channel = i % channels;
    products[channel] = at(products, channel) + value * at(filter, i);
  }
  const terms = [...products.keys()]
    .sort((a, b) => Math.abs(at(products, b)) - Math.abs(at(products, a)))
    .slice(0, count)
    .map((channel) => ({ channel, product: at(products, channel) }));
  const told = terms.reduce((total, { product }) => total + product, 0);
  return { terms, others: channels - terms.length, rest: sum - told };
}
