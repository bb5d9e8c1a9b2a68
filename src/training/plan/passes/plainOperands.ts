import type { OperationOf, Value } from '../../../domain/architecture/operation.ts';
import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import type { Plan, Planned } from '../plan.ts';

/**
 * For kernels that read their operands plainly: images get their padding around them beforehand, so
 * that no kernel asks whether a pixel lies inside, and a product's A is transposed beforehand. What was
 * padded for one operation serves the others that want the same.
 */
export function plainOperands({ operations, results }: Plan): Plan {
  const made = new Set<string>();
  return { operations: operations.flatMap((operation) => plain(operation, made)), results };
}

type OfKind<Kind extends Planned['kind']> = Extract<Planned, { kind: Kind }>;

function plain(operation: Planned, made: Set<string>): Planned[] {
  switch (operation.kind) {
    case 'conv2d':
    case 'conv2dFilterGradient':
      return onPaddedImages(operation, made);
    case 'conv2dInputGradient':
      return onPaddedGradient(operation);
    case 'matMul':
      return onTransposed(operation);
    default:
      return [operation];
  }
}

/** As far as windows reach: `[batch, (out - 1) stride + side, ..]`. */
function onPaddedImages(
  operation: OfKind<'conv2d' | 'conv2dFilterGradient'>,
  made: Set<string>,
): Planned[] {
  const g = operation.of;
  const inHeight = (g.outHeight - 1) * g.strideHeight + g.filterHeight;
  const inWidth = (g.outWidth - 1) * g.strideWidth + g.filterWidth;
  const fits = g.padTop === 0 && inHeight === g.inHeight && inWidth === g.inWidth;
  const { x } = operation.reads;
  if (fits || !x) return [operation];
  const y: Value = { name: `${x.name} padded`, shape: [g.batch, inHeight, inWidth, g.inChannels] };
  const pad = made.has(y.name) ? [] : [around(operation, x, y, g.padTop, g.padLeft, 1)];
  made.add(y.name);
  const of: ConvGeometry = { ...g, inHeight, inWidth, padTop: 0, padLeft: 0 };
  return [...pad, { ...operation, of, reads: { ...operation.reads, x: y } }];
}

/**
 * The gradient by the images is a convolution of that by the output, with the window less one around
 * it and the stride less one between its pixels.
 */
function onPaddedGradient(operation: OfKind<'conv2dInputGradient'>): Planned[] {
  const g = operation.of;
  const { dy, ...others } = operation.reads;
  if (!dy) return [operation];
  const height = g.inHeight + g.filterHeight - 1;
  const width = g.inWidth + g.filterWidth - 1;
  const y: Value = { name: `${dy.name} padded`, shape: [g.batch, height, width, g.outChannels] };
  const [top, left] = [g.filterHeight - 1 - g.padTop, g.filterWidth - 1 - g.padLeft];
  return [
    around(operation, dy, y, top, left, g.strideHeight),
    { ...operation, reads: { dy: y, ...others } },
  ];
}

function onTransposed(operation: OfKind<'matMul'>): Planned[] {
  const { a, ...others } = operation.reads;
  const { transposeA, rows, depth } = operation.of;
  if (!transposeA || !a) return [operation];
  const y: Value = { name: `${a.name} transposed`, shape: [rows, depth] };
  const transpose: OperationOf<'transpose'> = {
    ...{ kind: 'transpose', of: { rows: depth, columns: rows } },
    ...{ reads: { x: a }, writes: { y } },
  };
  const of = { ...operation.of, transposeA: false };
  return [beside(operation, transpose), { ...operation, of, reads: { a: y, ...others } }];
}

function around(
  operation: Planned,
  x: Value,
  y: Value,
  top: number,
  left: number,
  dilation: number,
): Planned {
  const padding: OperationOf<'padImages'> = {
    ...{ kind: 'padImages', of: { top, left, dilation } },
    ...{ reads: { x }, writes: { y } },
  };
  return beside(operation, padding);
}

const beside = (
  { phase, layer }: Planned,
  operation: OperationOf<'padImages' | 'transpose'>,
): Planned => ({ ...operation, phase, layer }) as Planned;
