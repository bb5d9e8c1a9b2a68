import type { Abilities } from '../../../domain/architecture/abilities.ts';
import type {
  Operation,
  OperationKind,
  OperationOf,
  Value,
} from '../../../domain/architecture/operation.ts';
import { sizeOf } from '../../../domain/architecture/shape.ts';
import type { PoolGeometry } from '../../../domain/architecture/window.ts';
import { assert, at } from '../../../util/assert.ts';
import { maskStream, maskThreshold } from '../../maskPlan.ts';
import { augmentScratchBytes, lrnScratchBytes } from '../scratch.ts';
import { type Call, call, valuesOf } from './calls.ts';
import { conv2dCalls, filterGradientCalls, inputGradientCalls, matMulCalls } from './products.ts';

/** From the operations of a plan to calls of the kernels of `assembly`. */

/** What each byte of an image becomes, where images are not varied. */
export const SCALED: Value = { name: 'scaled', shape: [256], lasts: true };

type Lowering<Kind extends OperationKind> = (
  operation: OperationOf<Kind>,
  v: (part: string) => Value,
  /** What dropout draws from. */
  seed: number,
) => Call[];

const lowerings: { readonly [Kind in OperationKind]?: Lowering<Kind> } = {
  conv2d: conv2dCalls,
  conv2dFilterGradient: filterGradientCalls,
  conv2dInputGradient: inputGradientCalls,
  matMul: matMulCalls,
  columnSums: ({ of }, v) => [call('columnSums', v('x'), v('sums'), of.rows, of.columns)],
  transpose: ({ of }, v) => [call('transpose', v('x'), v('y'), of.rows, of.columns)],

  padImages({ of: { top, left, dilation } }, v) {
    const [x, y] = [v('x'), v('y')];
    const [height, width] = [at(y.shape, 1), at(y.shape, 2)];
    return [call('padImages', x, y, ...x.shape, top, left, dilation, height, width)];
  },
  copy(_, v) {
    const [batch, pixel] = [at(v('x').shape, 0), sizeOf(v('x').shape.slice(1))];
    return [call('padImages', v('x'), v('y'), batch, 1, 1, pixel, 0, 0, 1, 1, 1)];
  },
  takeChannels({ of: { first, channels, count } }, v) {
    const rows = sizeOf(v('y').shape) / count;
    const from = { within: v('x'), bytes: 4 * first };
    return [call('copyChannels', from, channels, v('y'), count, count, rows)];
  },
  joinChannels({ of: { channels } }, v) {
    const all = channels.reduce((sum, count) => sum + count, 0);
    const rows = sizeOf(v('y').shape) / all;
    let first = 0;
    return channels.map((count, part) => {
      const to = { within: v('y'), bytes: 4 * first };
      first += count;
      return call('copyChannels', v(`x${part}`), count, to, all, count, rows);
    });
  },

  activate({ of: { activation } }, v) {
    assert(activation === 'tanh', 'a product cuts off what is negative by itself');
    return [call('tanhInPlace', v('y'), sizeOf(v('y').shape))];
  },
  gate({ of: { gate } }, v) {
    assert(gate.kind !== 'open', 'an open gate is none');
    const [kind, scale] = gate.kind === 'relu' ? [1, gate.scale] : [2, 1];
    return [call('gate', v('y'), v('gated'), sizeOf(v('y').shape), kind, scale)];
  },
  dropout({ of: { rate, layer } }, v, seed) {
    const { dropBelow, scale } = maskThreshold(rate);
    const numbers = [sizeOf(v('y').shape), seed, maskStream(layer), dropBelow, scale];
    return [call('dropout', v('y'), ...numbers, v('step'))];
  },

  lrn: ({ of }, v) => [call('lrn', v('x'), v('y'), ...lrnArguments(of))],
  lrnGradient: ({ of }, v) => [call('lrnGradient', v('dy'), v('x'), v('dx'), ...lrnArguments(of))],
  batchMoments: ({ of }, v) => [
    call(
      'batchMoments',
      ...named(v, 'x mean variance movingMean movingVariance'),
      ...[of.batch * of.pixels, of.channels, of.momentum],
    ),
  ],
  batchNorm: ({ of }, v) => [
    call('batchNorm', ...named(v, 'x mean variance gamma beta y'), ...normNumbers(of)),
  ],
  batchNormWeightGradients: ({ of }, v) => [
    call(
      'batchNormWeightGradients',
      ...named(v, 'dy x mean variance dgamma dbeta meanGradient'),
      ...normNumbers(of),
    ),
  ],
  batchNormInputGradient: ({ of }, v) => [
    call(
      'batchNormInputGradient',
      ...named(v, 'dy x mean variance gamma dgamma meanGradient dx'),
      ...normNumbers(of),
    ),
  ],
  batchNormStillGradient: ({ of }, v) => [
    call('batchNormStillGradient', ...named(v, 'dy variance gamma dx'), ...normNumbers(of)),
  ],
  maxPool(operation, v) {
    const { of, reads, writes } = operation;
    // The kernel writes the places, whether anybody wants them or not.
    const argmax: Value = { ...v('y'), name: `${v('y').name} places`, element: 'place' };
    const operands = [reads.x, writes.y, writes.argmax ?? argmax];
    return [call('maxPool', ...operands.filter((value) => value !== undefined), ...pool(of))];
  },
  maxPoolGradient: ({ of }, v) => [
    call('maxPoolGradient', ...named(v, 'dy argmax dx'), ...pool(of)),
  ],
  avgPool: ({ of }, v) => [call('avgPool', v('x'), v('y'), ...pool(of))],
  avgPoolGradient: ({ of }, v) => [call('avgPoolGradient', v('dy'), v('dx'), ...pool(of))],

  gatherBatch(_, v) {
    const [batch, bytes] = [at(v('x').shape, 0), sizeOf(v('x').shape.slice(1))];
    const operands = [v('pixels'), v('labels'), v('order'), SCALED, v('x'), v('targets')];
    return [call('gatherBatch', ...operands, batch, bytes)];
  },
  augmentBatch({ of: { bends, thickens, offset, factor } }, v) {
    const [batch, height, width, channels] = v('x').shape as [number, number, number, number];
    const scratchBytes = augmentScratchBytes({ height, width, channels });
    return [
      call(
        'augmentBatch',
        ...named(v, 'pixels labels order variations x targets'),
        ...[batch, height, width, channels, Number(bends), Number(thickens), offset, factor],
        { scratchBytes },
      ),
    ];
  },
  softmaxCrossEntropy({ of: { batch, classes, smoothing } }, v) {
    const operands = [v('logits'), v('targets'), v('dlogits'), ...halves(v('figures'))];
    return [call('softmaxCrossEntropy', ...operands, batch, classes, smoothing)];
  },
  meanMetrics: ({ of: { batch } }, v) => [
    call('meanMetrics', ...halves(v('figures')), v('step'), batch),
  ],
  update({ of: { rule, size, averaged } }, v) {
    const { beta1, beta2, epsilon } = rule;
    const constants = [beta1, beta2, epsilon, Number(rule.kind === 'adamw')];
    const adam = call('adam', ...named(v, 'w m v g'), size, v('step'), ...constants);
    return averaged ? [adam, call('average', v('a'), v('w'), size, v('step'))] : [adam];
  },
};

export const wasmAbilities: Abilities = {
  kinds: new Set(Object.keys(lowerings) as OperationKind[]),
  wantsPlainOperands: true,
  worksInPlace: true,
  folds({ kind, finish = [] }, next) {
    if (kind !== 'conv2d' && kind !== 'matMul') return false;
    if (next.kind === 'addBias') return finish.length === 0;
    return next.kind === 'activate' && 'activation' in next.of && next.of.activation === 'relu';
  },
};

export function lowerToCalls(operation: Operation, seed: number): Call[] {
  const lower = lowerings[operation.kind] as Lowering<OperationKind> | undefined;
  assert(lower, `the processor has a kernel for ${operation.kind}`);
  return lower(operation, valuesOf(operation), seed);
}

const named = (v: (part: string) => Value, parts: string): Value[] => parts.split(' ').map(v);

/** Of the losses, and of whether they were right, side by side. */
const halves = (figures: Value) => [figures, { within: figures, bytes: 2 * sizeOf(figures.shape) }];

function lrnArguments({
  pixels,
  channels,
  depthRadius,
  bias,
  alpha,
  beta,
}: OperationOf<'lrn'>['of']) {
  const scratchBytes = lrnScratchBytes(channels, depthRadius);
  return [pixels, channels, depthRadius, bias, alpha, beta, { scratchBytes }];
}

const normNumbers = ({ batch, pixels, channels, epsilon }: OperationOf<'batchNorm'>['of']) => [
  ...[batch * pixels, channels, epsilon],
];

function pool(g: PoolGeometry): number[] {
  return [
    ...[g.batch, g.inHeight, g.inWidth, g.channels, g.outHeight, g.outWidth],
    ...[g.windowHeight, g.strideHeight, g.padTop, g.padLeft],
  ];
}
