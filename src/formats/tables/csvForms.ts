import { endOfCell, joined } from './csvBytes.ts';
import { csvCells } from './csvCells.ts';
import { CR, LF, QUOTE, SPACE } from './csvNumber.ts';

/**
 * Tables that are written otherwise than a row of cells each, as such rows. What is no such table goes by
 * untouched.
 */

/** What is looked at: the head of an ARFF file names each of its columns in a line of its own. */
const MOST_HEAD_BYTES = 2 ** 20;
/** More numbers in one cell than a table has for any other reason. */
const LEAST_PIXELS = 16;
const NUMBERS = /^([-+.\de]+ +)+[-+.\de]+$/i;
const COMMA = 0x2c;

export async function* plainRows(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  let rows: ((piece: Uint8Array) => Uint8Array) | undefined;
  for await (const piece of pieces) {
    if (rows) {
      yield rows(piece);
      continue;
    }
    head = joined(head, piece);
    if (!isEnough(head)) continue;
    const begun = beginning(head);
    rows = begun.rows;
    yield begun.head;
    yield rows(begun.rest);
  }
  if (rows) return;
  const begun = beginning(head);
  yield begun.head;
  yield begun.rows(begun.rest);
}

interface Beginning {
  readonly head: Uint8Array;
  readonly rest: Uint8Array;
  readonly rows: (piece: Uint8Array) => Uint8Array;
}

/** Whether a text begins as Weka's files do. */
export function isArff(text: string): boolean {
  return /^(?:\s*%[^\n]*\n)*\s*@relation\b/i.test(text);
}

const DATA = /^@data[^\S\r\n]*(\r\n|\r|\n)/im;

/** Whether it is known how the rows begin. */
function isEnough(head: Uint8Array): boolean {
  if (head.length >= MOST_HEAD_BYTES) return true;
  const text = latin1(head);
  if (isArff(text)) return DATA.test(text);
  return (text.match(/\n|\r(?!\n)/g)?.length ?? 0) >= 2;
}

function beginning(head: Uint8Array): Beginning {
  return (
    arff(head) ?? packedPixels(head) ?? { head, rest: new Uint8Array(0), rows: (piece) => piece }
  );
}

/** Bytes as characters, one each: places in the text are places in the bytes. */
const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Weka's files (`@attribute pixel1 numeric`, then `@data`), as a table with a header. */
function arff(bytes: Uint8Array): Beginning | undefined {
  const text = latin1(bytes);
  if (!isArff(text)) return undefined;
  const data = DATA.exec(text);
  if (!data) return undefined;
  const start = data.index + data[0].length;
  const lines = text.slice(0, start).split(/\r\n|\r|\n/);
  const attributes = lines.flatMap((line) => {
    const found = /^\s*@attribute\s+('[^']*'|"[^"]*"|\S+)\s+(.*)$/i.exec(line);
    return found ? [{ name: found[1] ?? '', isNominal: (found[2] ?? '').startsWith('{') }] : [];
  });
  const nominal = attributes.filter(({ isNominal }) => isNominal).length;
  const cells = attributes.map(({ name, isNominal }) =>
    isNominal && nominal === 1 ? 'class' : name.replace(/^['"]|['"]$|[",;\t|]/g, ''),
  );
  // As many lines as before it, so that a row is found where a refusal says.
  const header = `${'\n'.repeat(lines.length - 2)}"${cells.join('","')}"\n`;
  const rows = (piece: Uint8Array) => piece;
  return { head: new TextEncoder().encode(header), rest: bytes.subarray(start), rows };
}

/** All pixels of an image in one cell, with spaces between them, as in FER2013: `emotion,pixels,Usage`. */
function packedPixels(bytes: Uint8Array): Beginning | undefined {
  const [header = '', row = ''] = latin1(bytes).split(/\r\n|\r|\n/);
  const cells = csvCells(row, ',');
  const names = csvCells(header, ',');
  const packed = cells.findIndex((cell) => NUMBERS.test(cell) && numbersIn(cell) >= LEAST_PIXELS);
  // Where cells stand apart by spaces, so do the words of the header.
  const isNamed = /^[^\s\d]\S*$/.test(names[packed] ?? '');
  if (packed < 0 || !isNamed || names.length !== cells.length) return undefined;
  const count = numbersIn(cells[packed] ?? '');
  const pixels = Array.from({ length: count }, (_, i) => `pixel${i}`).join(',');
  let start = 0;
  for (let cell = 0; cell < packed; cell++) start = endOfCell(bytes, start, COMMA) + 1;
  return {
    head: joined(bytes.subarray(0, start), new TextEncoder().encode(pixels)),
    rest: bytes.subarray(endOfCell(bytes, start, COMMA)),
    rows: unpacked(packed),
  };
}

const numbersIn = (cell: string) => cell.match(/[-+.\de]+/gi)?.length ?? 0;

/**
 * Turns the spaces in one cell of each row into commas; what else stands around its numbers goes. All
 * other cells stay as they are, quotes and spaces too. Begins within that cell, behind all that is in it.
 */
function unpacked(packed: number): (piece: Uint8Array) => Uint8Array {
  let column = packed;
  let isEmpty = false;
  let isSpaced = false;
  // As everywhere in these tables, a quote is one only where the cell begins with it.
  let [isQuotedCell, isInQuotes] = [false, false];
  return (piece) => {
    const out = new Uint8Array(2 * piece.length);
    let length = 0;
    for (const byte of piece) {
      const isRowEnd = byte === LF || byte === CR;
      if (isRowEnd || (byte === COMMA && !isInQuotes)) {
        column = isRowEnd ? 0 : column + 1;
        [isEmpty, isSpaced, isQuotedCell, isInQuotes] = [true, false, false, false];
        out[length++] = byte;
        continue;
      }
      if (byte === QUOTE) {
        isQuotedCell ||= isEmpty;
        if (isQuotedCell) isInQuotes = !isInQuotes;
      }
      const isAround = byte === SPACE || byte === QUOTE;
      if (column === packed) {
        if (isSpaced && !isAround && !isEmpty) out[length++] = COMMA;
        isSpaced = byte === SPACE || (byte === QUOTE && isSpaced);
      }
      if (column !== packed || !isAround) out[length++] = byte;
      if (!isAround) isEmpty = false;
    }
    return out.slice(0, length);
  };
}
