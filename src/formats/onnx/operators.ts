import { Misfit, type Values } from '../exchange/networkBuilder.ts';
import { permuted } from '../exchange/permute.ts';
import type { Attributes } from './attributes.ts';
import type { Chain, Operands, Reader } from './chain.ts';
import type { NodeProto } from './onnxSchema.ts';
import { reorders } from './reorders.ts';

/** What each operator that is read does to the chain. All others are refused by name. */

export const operators: Readonly<Record<string, Reader>> = {
  Conv(chain, operands, attributes) {
    chain.wantChannelsFirst();
    const kernel = chain.constant(1, operands);
    const bias = operands.node.input[2] ? chain.constant(2, operands) : undefined;
    if (kernel.shape.length !== 4) throw new Misfit('onnx.rank', { rank: kernel.shape.length });
    attributes.only('dilations', 1);
    const stride = attributes.square('strides', 1);
    const side = kernel.shape[2] ?? 1;
    const padding = chain.builder.paddingOf(padsOf(chain, attributes, side, stride), side, stride);
    chain.builder.conv(kernel, bias, { stride, padding, groups: attributes.int('group', 1) });
  },

  Gemm(chain, operands, attributes) {
    attributes.only('alpha', 1);
    attributes.only('beta', 1);
    attributes.only('transA', 0);
    const kernel = chain.constant(1, operands);
    const bias = operands.node.input[2] ? chain.constant(2, operands) : undefined;
    dense(chain, attributes.int('transB', 0) ? transposed(kernel) : kernel, bias);
  },

  MatMul(chain, operands) {
    if (operands.values[0]) throw new Misfit('onnx.leftConstant');
    dense(chain, chain.constant(1, operands), undefined);
  },

  Add: (...node) => arithmetic('Add', ...node),
  Sub: (...node) => arithmetic('Sub', ...node),
  Mul: (...node) => arithmetic('Mul', ...node),
  Div: (...node) => arithmetic('Div', ...node),

  Relu: ({ builder }) => builder.activate('relu'),
  Tanh: ({ builder }) => builder.activate('tanh'),

  MaxPool: (chain, operands, attributes) => pool(chain, operands.node, attributes, 'maxPool'),
  AveragePool(chain, { node }, attributes) {
    const padding = pool(chain, node, attributes, 'avgPool');
    if (padding !== 'valid') attributes.only('count_include_pad', 0);
  },

  GlobalAveragePool(chain) {
    chain.wantChannelsFirst();
    chain.builder.globalAveragePool();
  },

  ReduceMean(chain, operands, attributes) {
    const axes = attributes.ints('axes') ?? [...(operands.first?.values ?? [])];
    const pixels = chain.axes === 'chw' ? [2, 3] : [1, 2];
    const positive = axes.map((axis) => (axis < 0 ? axis + 4 : axis)).sort();
    if (String(positive) !== String(pixels)) throw new Misfit('onnx.mean');
    chain.builder.globalAveragePool();
  },

  LRN(chain, _, attributes) {
    chain.wantChannelsFirst();
    const size = attributes.int('size', 1);
    if (size % 2 === 0) throw new Misfit('onnx.evenWindow', { size });
    // ONNX divides alpha by the window; we do not.
    const alpha = attributes.float('alpha', 1e-4) / size;
    const [bias, beta] = [attributes.float('bias', 1), attributes.float('beta', 0.75)];
    chain.builder.lrn((size - 1) / 2, bias, alpha, beta);
  },

  BatchNormalization(chain, operands, attributes) {
    chain.wantChannelsFirst();
    attributes.only('training_mode', 0);
    const parts = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
    chain.builder.batchNorm(
      attributes.float('epsilon', 1e-5),
      Object.fromEntries(parts.map((part, i) => [part, chain.constant(i + 1, operands)])),
    );
  },

  Dropout({ builder }, operands, attributes) {
    builder.dropout(operands.values[1]?.values[0] ?? attributes.float('ratio', 0.5));
  },

  Softmax: end,
  LogSoftmax: end,
  ...reorders,
};

export const operatorNames: readonly string[] = Object.keys(operators);

function end(chain: Chain): void {
  if (chain.builder.shape.length !== 1) throw new Misfit('network.noRow');
  chain.ended = true;
}

function dense(chain: Chain, kernel: Values, bias: Values | undefined): void {
  if (kernel.shape.length !== 2) throw new Misfit('onnx.rank', { rank: kernel.shape.length });
  chain.builder.dense(kernel, undefined);
  if (bias) chain.builder.addBias(bias);
}

function transposed(values: Values): Values {
  if (values.shape.length !== 2) return values;
  return permuted({ ...values, name: '' }, [1, 0]);
}

/** Above, to the left, below, to the right. */
function padsOf(chain: Chain, attributes: Attributes, side: number, stride: number): number[] {
  const auto = attributes.text('auto_pad');
  if (auto === 'VALID') return [0, 0, 0, 0];
  if (auto === '' || auto === 'NOTSET') return attributes.ints('pads') ?? [0, 0, 0, 0];
  const { height, width } = chain.builder.image();
  const [top, left] = [height, width].map((size) =>
    Math.max(0, (Math.ceil(size / stride) - 1) * stride + side - size),
  ) as [number, number];
  const before = (all: number) =>
    auto === 'SAME_LOWER' ? Math.ceil(all / 2) : Math.floor(all / 2);
  return [before(top), before(left), top - before(top), left - before(left)];
}

function pool(
  chain: Chain,
  _node: NodeProto,
  attributes: Attributes,
  kind: 'maxPool' | 'avgPool',
): string | number {
  chain.wantChannelsFirst();
  attributes.only('dilations', 1);
  const side = attributes.square('kernel_shape', 1);
  const stride = attributes.square('strides', 1);
  const pads = padsOf(chain, attributes, side, stride);
  const { height, width } = chain.builder.image();
  if (attributes.int('ceil_mode', 0) !== 0) {
    const left = [
      height + (pads[0] ?? 0) + (pads[2] ?? 0),
      width + (pads[1] ?? 0) + (pads[3] ?? 0),
    ];
    const ragged = left.some((size) => (size - side) % stride !== 0);
    if (ragged) throw new Misfit('onnx.ceil', { side, stride, shape: `${height}x${width}` });
  }
  const padding = chain.builder.paddingOf(pads, side, stride);
  chain.builder.pool(kind, side, stride, padding);
  return padding;
}

/** With a constant: the scaling of the input, or the bias of the layer before. */
function arithmetic(
  operator: 'Add' | 'Sub' | 'Mul' | 'Div',
  chain: Chain,
  operands: Operands,
  attributes: Attributes,
): void {
  const { first, values } = operands;
  if (!first) throw new Misfit('onnx.twoValues');
  const isLeft = values[0] !== undefined;
  if (!chain.isAtStart) {
    if (operator !== 'Add') throw new Misfit('network.addition');
    if (first.values.length !== 1 && !isByChannel(chain, first, attributes)) {
      throw new Misfit('onnx.bias', { shape: first.shape.join('x') });
    }
    chain.builder.addBias(first);
    return;
  }
  chain.builder.spend(first);
  const by = first.values[0] ?? 0;
  if (first.values.some((value) => value !== by)) throw new Misfit('onnx.scaling');
  if (isLeft && (operator === 'Sub' || operator === 'Div')) throw new Misfit('onnx.scaling');
  const { factor, shift } = chain.scaling;
  if (operator === 'Add') chain.scaling = { factor, shift: shift + by };
  else if (operator === 'Sub') chain.scaling = { factor, shift: shift - by };
  else if (operator === 'Mul') chain.scaling = { factor: factor * by, shift: shift * by };
  else chain.scaling = { factor: factor / by, shift: shift / by };
}

/** Whether a constant has a number for each channel: its axes are the last, or until version 7 those from `axis` on. */
function isByChannel(
  { builder, axes }: Chain,
  { shape, values }: Values,
  attributes: Attributes,
): boolean {
  const rank = builder.shape.length + 1;
  const channels = rank === 4 && axes === 'chw' ? 1 : rank - 1;
  return shape[channels - attributes.int('axis', rank - shape.length)] === values.length;
}
