import { deflateSync, gzipSync } from 'node:zlib';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { images16 } from '../../formats/testing/smallSets.ts';
import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJson } from './jsons.ts';

const MOST_ZEROS = 2 ** 24;
/** Of a file that is one member again and again. */
const MOST_MEMBERS = 200;

/** gzip files whose lengths, checksums and contents contradict each other, or that hold gzip files. */
export function hostileGzip(dice: Dice): HostileInput {
  const content = dice.pick([
    () => new Uint8Array(dice.size(MOST_ZEROS)),
    () => encodeIdx([dice.extent(), 16, 16], new Uint8Array(dice.size(MOST_ZEROS))),
    () => new TextEncoder().encode(hostileJson(dice)),
    () => new TextEncoder().encode('1,2\n'.repeat(dice.size(MOST_ZEROS / 4))),
    () => deflateSync(dice.bytes(100)),
    () => encodeIdx([20, 16, 16], images16(20)),
  ])();
  let bytes: Uint8Array = gzipSync(content);
  if (dice.chance(0.3)) bytes = repeated(bytes, dice.size(MOST_MEMBERS));
  for (let i = dice.size(20); i > 1; i--) bytes = gzipSync(bytes);
  if (dice.chance(0.3)) bytes = withHeader(dice, bytes);
  if (dice.chance(0.3)) new DataView(bytes.buffer).setUint32(bytes.length - 4, dice.extent(), true);
  const name = dice.pick([
    'train-images.gz',
    'a.csv.gz',
    'data_batch_1.bin.gz',
    'x.npy.gz',
    'a.png.gz',
  ]);
  const files = [{ name, bytes: dice.spoilt(bytes) }];
  if (dice.chance(0.5)) files.push({ name: `2${name}`, bytes: dice.spoilt(bytes) });
  return { door: 'importDataset', words: 'gzip', files };
}

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  const all = new ByteWriter();
  for (let i = 0; i < times; i++) all.bytes(bytes);
  return all.done();
}

/** With a name, a comment and further fields of any length (RFC 1952, 2.3). */
function withHeader(dice: Dice, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const field = new Uint8Array(dice.size(65_535));
  const text = new Uint8Array(dice.size(300_000)).fill(0x61);
  const out = new ByteWriter().u8(0x1f, 0x8b, 8, 0x1c).u32(0).u8(0, 3);
  out.u16(field.length).bytes(field).bytes(text).u8(0).bytes(text).u8(0);
  return out.bytes(bytes.subarray(10)).done();
}
