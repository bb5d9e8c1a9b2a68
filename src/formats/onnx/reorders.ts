import { sizeOf } from '../../domain/architecture/shapes.ts';
import { Misfit } from '../exchange/networkBuilder.ts';
import type { Chain, Reader } from './chain.ts';
import { castsToWhole } from './tensorData.ts';

/** Operators that leave all numbers as they are, and change in which order or shape they are seen. */

const perms = { toChannelsFirst: '0,3,1,2', toChannelsLast: '0,2,3,1' };

const asItIs: Reader = () => {};
/** They are read beside the chain alone, where nothing has to be done. */
const tellsOfShapes: Reader = () => {};

export const reorders: Readonly<Record<string, Reader>> = {
  Identity: asItIs,

  /** Floats that become whole numbers are others. */
  Cast(_, { node }) {
    if (castsToWhole(node.attribute)) throw new Misfit('onnx.whole');
  },

  Transpose(chain, _, attributes) {
    const perm = String(attributes.ints('perm') ?? []);
    if (chain.builder.shape.length !== 3) throw new Misfit('onnx.perm', { perm });
    if (perm === perms.toChannelsFirst && chain.axes === 'hwc') chain.axes = 'chw';
    else if (perm === perms.toChannelsLast && chain.axes === 'chw') chain.axes = 'hwc';
    else if (perm !== '0,1,2,3') throw new Misfit('onnx.perm', { perm });
  },

  Flatten(chain, _, attributes) {
    const axis = attributes.int('axis', 1);
    if (axis !== 1 && axis !== -3)
      throw new Misfit('onnx.attribute', { name: 'axis', actual: axis, expected: 1 });
    chain.flatten();
  },

  Reshape(chain, operands) {
    const target = operands.values[1];
    // A shape that was made of the value's own is that of a row: nothing else is made so.
    if (!target) {
      if (!chain.isShape(operands.node.input[1] ?? '')) chain.constant(1, operands);
      chain.flatten();
      return;
    }
    const shape = [...target.values];
    if (shape.length === 2) {
      const [, units = -1] = shape;
      const expected = sizeOf(chain.builder.shape);
      if (units !== -1 && units !== expected) {
        throw new Misfit('network.reshape', { shape: shape.join('x') });
      }
      chain.flatten();
    } else if (String(shape.slice(1)) !== String(seenShape(chain))) {
      throw new Misfit('network.reshape', { shape: shape.join('x') });
    }
  },

  /** Only of what is one pixel wide and high, behind a mean over all pixels. */
  Squeeze(chain) {
    const { height, width } =
      chain.builder.shape.length === 1 ? { height: 1, width: 1 } : chain.builder.image();
    if (height !== 1 || width !== 1) throw new Misfit('network.reshape', { shape: 'squeezed' });
    chain.flatten();
  },

  Shape: tellsOfShapes,
  Gather: tellsOfShapes,
  Unsqueeze: tellsOfShapes,
  Concat: tellsOfShapes,
  Slice: tellsOfShapes,
};

/** Operators that are run on numbers about shapes alone. */
export const shapeOperators: readonly string[] = [
  'Shape',
  'Gather',
  'Unsqueeze',
  'Concat',
  'Slice',
];

/** The value's shape as the graph has it. */
function seenShape({ builder, axes }: Chain): number[] {
  if (builder.shape.length === 1) return [...builder.shape];
  const { height, width, channels } = builder.image();
  return axes === 'chw' ? [channels, height, width] : [height, width, channels];
}
