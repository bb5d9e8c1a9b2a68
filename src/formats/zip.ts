import { Inflate, zipSync } from 'fflate';
import { WorkbenchError } from '../util/errors.ts';
import { CountedOutput, pushInPieces } from './countedOutput.ts';
import { readDirectory, type ZipEntry } from './zipDirectory.ts';

export interface ZipArchive {
  readonly names: readonly string[];
  /** Inflates one entry, of at most `limitBytes`, and checks its checksum. */
  read(name: string, limitBytes: number): Uint8Array<ArrayBuffer>;
}

export interface ZipContent {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** False for what would hardly get smaller, such as weights. */
  readonly deflate: boolean;
}

/** Every entry carries this date, so that the same content makes the same file. */
const EPOCH = new Date(1980, 0, 2);

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  return (
    p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

/** Reads the directory; nothing is inflated yet. fflate would believe the sizes it declares. */
export function openZip(file: string, bytes: Uint8Array): ZipArchive {
  const entries = readDirectory(file, bytes);
  return {
    names: entries.map(({ name }) => name),
    read(name, limitBytes) {
      const entry = entries.find((each) => each.name === name);
      if (!entry) throw new WorkbenchError('weights.zipEntry', { file, entry: name });
      return readEntry(file, entry, limitBytes);
    },
  };
}

export function writeZip(contents: readonly ZipContent[]): Uint8Array<ArrayBuffer> {
  const files = contents.map(
    ({ name, bytes, deflate }) =>
      [name, [bytes, { level: deflate ? 6 : 0, mtime: EPOCH }]] as const,
  );
  return zipSync(Object.fromEntries(files) as Parameters<typeof zipSync>[0]);
}

function readEntry(file: string, entry: ZipEntry, limitBytes: number): Uint8Array<ArrayBuffer> {
  const { name, data, isDeflated, crc, inflatedBytes } = entry;
  const tooLarge = new WorkbenchError('weights.tooLarge', {
    ...{
      file: `${file}/${name}`,
      bytes: Math.max(inflatedBytes, limitBytes + 1),
      limit: limitBytes,
    },
  });
  if (inflatedBytes > limitBytes) throw tooLarge;
  const damaged = new WorkbenchError('weights.zip', { file, problem: `${name} is damaged` });
  // What comes out beyond the declared size is as wrong as what is missing.
  const output = new CountedOutput(inflatedBytes, () => damaged);
  try {
    if (isDeflated) pushInPieces(data, new Inflate((piece) => output.add(piece)));
    else output.add(data);
  } catch {
    throw damaged;
  }
  if (output.byteLength !== inflatedBytes || output.crc !== crc) throw damaged;
  return output.joined();
}
