/** Just enough of the safetensors format to spoil a file: 8 bytes of header size, JSON, numbers. */

interface Tensor {
  readonly dtype: string;
  shape: number[];
  readonly data_offsets: [number, number];
}

type Header = Record<string, Tensor>;

const sizeBytes = 8;

function parse(file: Buffer): { header: Header; data: Buffer } {
  const headerEnd = sizeBytes + Number(file.readBigUInt64LE(0));
  return {
    header: JSON.parse(file.toString('utf8', sizeBytes, headerEnd)),
    data: Buffer.from(file.subarray(headerEnd)),
  };
}

function format(header: Header, data: Buffer): Buffer {
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8), 'utf8');
  const size = Buffer.alloc(sizeBytes);
  size.writeBigUInt64LE(BigInt(text.byteLength));
  return Buffer.concat([size, text, data]);
}

function firstTensor(header: Header): Tensor {
  const entry = Object.entries(header).find(([name]) => name !== '__metadata__');
  if (!entry) throw new Error('The file has no tensors.');
  return entry[1];
}

/** The same file with one more extent in the shape of the first tensor. */
export function withAnotherShape(file: Buffer): Buffer {
  const { header, data } = parse(file);
  const tensor = firstTensor(header);
  tensor.shape = [1, ...tensor.shape];
  return format(header, data);
}

/** The same file with a number that is none. */
export function withNaN(file: Buffer): Buffer {
  const { header, data } = parse(file);
  data.writeFloatLE(Number.NaN, firstTensor(header).data_offsets[0] + 4);
  return format(header, data);
}
