import { Gunzip } from 'fflate';
import { WorkbenchError } from '../../util/errors.ts';
import { CountedOutput, headPieceBytes, pushInPieces, pushInSteps } from './countedOutput.ts';

/** A gzip member ends with the CRC-32 and the length of what it holds (RFC 1952). */
const TRAILER_BYTES = 8;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates a gzip file of one member or several. Refuses what inflates to more than `limitBytes`
 * while it happens, and what is cut off or altered by the checksum, which fflate leaves unread.
 */
export function inflate(
  file: string,
  bytes: Uint8Array,
  limitBytes: number,
): Uint8Array<ArrayBuffer> {
  const work = inflateInSteps(file, bytes, limitBytes);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same a little at a time; each step gives how many bytes it has brought. */
export function* inflateInSteps(
  file: string,
  bytes: Uint8Array,
  limitBytes: number,
): Generator<number, Uint8Array<ArrayBuffer>, undefined> {
  const tooLarge = new WorkbenchError('gzip.tooLarge', { file, limit: limitBytes });
  const corrupt = new WorkbenchError('gzip.corrupt', { file });
  const finished: CountedOutput[] = [];
  let member = new CountedOutput(limitBytes, () => tooLarge);
  let roomBytes = limitBytes;
  let brought = 0;

  const finishMember = (end: number) => {
    if (!matchesTrailer(bytes.subarray(0, end), member)) throw corrupt;
    finished.push(member);
    roomBytes -= member.byteLength;
    member = new CountedOutput(roomBytes, () => tooLarge);
  };
  const inflater = new Gunzip((piece) => {
    member.add(piece);
    brought += piece.length;
  });
  inflater.onmember = finishMember;
  const pushing = pushInSteps(bytes, inflater);
  for (let isDone: boolean | undefined = false; !isDone; ) {
    try {
      isDone = pushing.next().done;
    } catch (error) {
      throw error === tooLarge ? tooLarge : corrupt;
    }
    yield brought;
    brought = 0;
  }
  finishMember(bytes.length);

  const [only] = finished;
  if (only && finished.length === 1) return only.joined();
  const all = new CountedOutput(limitBytes, () => tooLarge);
  for (const output of finished) all.add(output.joined());
  return all.joined();
}

/** The first bytes of what a gzip file holds, at most `count`; fewer where it is damaged. */
export function inflateHead(bytes: Uint8Array, count: number): Uint8Array {
  const enough = new Error('enough');
  const head = new Uint8Array(count);
  let filled = 0;
  const inflater = new Gunzip((piece) => {
    const part = piece.subarray(0, count - filled);
    head.set(part, filled);
    filled += part.length;
    if (filled === count) throw enough;
  });
  try {
    pushInPieces(bytes, inflater, headPieceBytes(count));
  } catch {
    // Damage is for `inflate` to name.
  }
  return head.subarray(0, filled);
}

function matchesTrailer(upToEnd: Uint8Array, { crc, byteLength }: CountedOutput): boolean {
  if (upToEnd.length < TRAILER_BYTES) return false;
  const start = upToEnd.byteOffset + upToEnd.length - TRAILER_BYTES;
  const trailer = new DataView(upToEnd.buffer, start, TRAILER_BYTES);
  return trailer.getUint32(0, true) === crc && trailer.getUint32(4, true) === byteLength % 2 ** 32;
}
