import { sizeOf } from '../../domain/architecture/shapes.ts';
import { Misfit, MOST_WEIGHTS, type Values } from '../exchange/networkBuilder.ts';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from './onnxSchema.ts';

/** The numbers of a tensor, whatever type they have and in whichever of its fields they stand. */

const MAX_RANK = 8;

/** How a number is read out of raw bytes, which are little-endian. */
const rawReaders: Partial<
  Record<DataType, readonly [bytes: number, (view: DataView, at: number) => number]>
> = {
  [DataType.FLOAT]: [4, (view, at) => view.getFloat32(at, true)],
  [DataType.DOUBLE]: [8, (view, at) => view.getFloat64(at, true)],
  [DataType.FLOAT16]: [2, (view, at) => halfOf(view.getUint16(at, true))],
  [DataType.BFLOAT16]: [2, (view, at) => bfloatOf(view.getUint16(at, true))],
  [DataType.INT64]: [8, (view, at) => Number(view.getBigInt64(at, true))],
  [DataType.INT32]: [4, (view, at) => view.getInt32(at, true)],
  [DataType.UINT8]: [1, (view, at) => view.getUint8(at)],
  [DataType.INT8]: [1, (view, at) => view.getInt8(at)],
};

/** Of all tensors that a graph has before any is read: a byte in the file may be a float. */
export function refuseMany({ initializer, node }: GraphProto): void {
  const within = node.flatMap(({ attribute }) => attribute.flatMap(({ t }) => t ?? []));
  const counts = [...initializer, ...within].map(({ dims }) => sizeOf(dims.map(Number)));
  const all = counts.filter((count) => count > 0).reduce((sum, count) => sum + count, 0);
  if (all > MOST_WEIGHTS) throw new Misfit('network.large', { most: MOST_WEIGHTS });
}

export function tensorData(tensor: TensorProto): Values {
  const { name, dims, dataType, dataLocation, rawData } = tensor;
  if (dataLocation === DataLocation.EXTERNAL || tensor.segment) {
    throw new Misfit('onnx.external', { tensor: name });
  }
  const shape = dims.map(Number);
  const count = sizeOf(shape);
  const isShape = shape.length <= MAX_RANK && shape.every((extent) => extent >= 0);
  if (!isShape || !Number.isSafeInteger(count)) throw new Misfit('onnx.shape', { tensor: name });
  if (count > MOST_WEIGHTS) throw new Misfit('network.large', { most: MOST_WEIGHTS });
  const reader = rawReaders[dataType as DataType];
  if (!reader) {
    throw new Misfit('onnx.type', { tensor: name, type: DataType[dataType] ?? String(dataType) });
  }
  if (rawData.length > 0) {
    const [size, read] = reader;
    refuseCount(name, rawData.length / size, count);
    if (dataType === DataType.FLOAT)
      return { shape, values: new Float32Array(new Uint8Array(rawData).buffer) };
    const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = read(view, i * size);
    return { shape, values };
  }
  const typed = typedData(tensor);
  refuseCount(name, typed.length, count);
  return { shape, values: Float32Array.from(typed) };
}

function typedData({ dataType, floatData, doubleData, int64Data, int32Data }: TensorProto) {
  switch (dataType) {
    case DataType.FLOAT:
      return floatData;
    case DataType.DOUBLE:
      return doubleData;
    case DataType.INT64:
      return int64Data.map(Number);
    case DataType.FLOAT16:
      return int32Data.map((bits) => halfOf(bits & 0xffff));
    case DataType.BFLOAT16:
      return int32Data.map((bits) => bfloatOf(bits & 0xffff));
    default:
      return int32Data;
  }
}

function refuseCount(tensor: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Misfit('onnx.count', { tensor, actual, expected });
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The first half of a float. */
function bfloatOf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

/** What a node gives where that is constant. */
export function constantOf(
  { opType, input, attribute }: NodeProto,
  constants: ReadonlyMap<string, Values>,
  wholes: WholeNumbers,
): Values | undefined {
  const given = constants.get(input[0] ?? '');
  if (opType === 'Identity') return given;
  if (opType === 'Cast') return given && castsToWhole(attribute) ? wholes.of(given) : given;
  if (opType !== 'Constant') return undefined;
  const tensor = attribute.find(({ name }) => name === 'value')?.t;
  if (tensor) return tensorData(tensor);
  const [first] = attribute;
  const numbers: Record<string, () => number[]> = {
    value_float: () => [first?.f ?? 0],
    value_int: () => [Number(first?.i ?? 0)],
    value_floats: () => first?.floats ?? [],
    value_ints: () => (first?.ints ?? []).map(Number),
  };
  const read = first && Object.hasOwn(numbers, first.name) ? numbers[first.name] : undefined;
  if (!read) throw new Misfit('onnx.type', { tensor: 'Constant', type: first?.name ?? '?' });
  const values = Float32Array.from(read());
  return { shape: [values.length], values };
}

/** Types that keep fractions, as far as floats do. */
const fractional: readonly DataType[] = [
  ...[DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16],
];

/** Whether numbers lose what is behind the point. */
export function castsToWhole(attribute: NodeProto['attribute']): boolean {
  const to = attribute.find(({ name }) => name === 'to');
  return !fractional.includes(Number(to?.i ?? DataType.FLOAT));
}

/** Constants of a graph without their fractions: one copy of each, however many nodes ask for it. */
export class WholeNumbers {
  private readonly made = new Map<Values, Values>();

  /** @param spend is told of each copy before it is made, and may refuse it */
  constructor(private readonly spend: (values: Values) => void) {}

  of(values: Values): Values {
    const known = this.made.get(values);
    if (known) return known;
    this.spend(values);
    const whole = { ...values, values: values.values.map(Math.trunc) };
    this.made.set(values, whole).set(whole, whole);
    return whole;
  }
}
