import { deflateSync } from 'node:zlib';
import { crc32 } from '../../formats/archives/crc32.ts';
import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Bits a sample and colour types that go together, and samples a pixel (ISO/IEC 15948, 11.2.2). */
const KINDS = [
  ...[
    [1, 0, 1],
    [8, 0, 1],
    [16, 0, 1],
    [8, 2, 3],
    [16, 2, 3],
  ],
  ...[
    [1, 3, 1],
    [8, 3, 1],
    [8, 4, 2],
    [8, 6, 4],
    [16, 6, 4],
    [7, 5, 1],
  ],
] as const;
const MOST_RAW = 2 ** 23;
const MOST_PROFILE = 2 ** 25;

/** A PNG whose header, data and further chunks may contradict each other, or unpack to very much. */
export function hostilePng(dice: Dice): Uint8Array<ArrayBuffer> {
  const side = () => dice.pick([16, 16, 16, 28, 28, 64, 64, 300, 300, 4096, dice.extent()]);
  const [width, height] = [side(), side()];
  const [bits, colour, samples] = dice.pick(KINDS);
  const out = new ByteWriter().bytes(SIGNATURE);
  const header = new ByteWriter().u32BigEndian(width, height);
  chunk(out, 'IHDR', header.u8(bits, colour, 0, 0, dice.pick([0, 0, 1, 9])).done());
  if (dice.chance(0.2))
    chunk(out, 'IHDR', new ByteWriter().u32BigEndian(side(), side()).u8(8, 0, 0, 0, 0).done());
  if (colour === 3) chunk(out, 'PLTE', dice.bytes(3 * dice.whole(1, 256)));
  if (dice.chance(0.2)) chunk(out, 'tRNS', dice.bytes(dice.whole(0, 6)));
  if (dice.chance(0.3)) chunk(out, ...packedChunk(dice));
  if (dice.chance(0.2)) chunk(out, 'acTL', new ByteWriter().u32BigEndian(dice.extent(), 0).done());
  const rowBytes = Math.ceil((width * bits * samples) / 8) + 1;
  const raw = dice.chance(0.7) ? rowBytes * height : dice.extent();
  const data = deflateSync(new Uint8Array(Math.min(raw, MOST_RAW)), { level: 9 });
  for (let i = dice.chance(0.2) ? dice.size(500) : 1; i > 0; i--)
    chunk(out, 'IDAT', i === 1 ? data : dice.bytes(0));
  chunk(out, 'IEND', new Uint8Array(0));
  return out.done();
}

/** A profile or a text that is packed by itself. */
function packedChunk(dice: Dice): [type: string, data: Uint8Array] {
  const type = dice.pick(['iCCP', 'zTXt']);
  const packed = deflateSync(new Uint8Array(dice.size(MOST_PROFILE)));
  return [type, new ByteWriter().text('name\0\0').bytes(packed).done()];
}

function chunk(out: ByteWriter, type: string, data: Uint8Array): void {
  const typed = new ByteWriter().text(type).bytes(data).done();
  out.u32BigEndian(data.length).bytes(typed).u32BigEndian(crc32(typed));
}
