/** How names are written that do not fit into a header. */
export type LongNames = 'prefix' | 'GNU' | 'pax';

const encode = (text: string) => new TextEncoder().encode(text);

/** A tar file of these contents, as GNU tar, bsdtar and Python write it. */
export function encodeTar(
  contents: Readonly<Record<string, Uint8Array>>,
  longNames: LongNames = 'prefix',
): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  const put = (name: string, type: string, bytes: Uint8Array, prefix = '') => {
    blocks.push(header(name, type, bytes.length, prefix), bytes);
    blocks.push(new Uint8Array((512 - (bytes.length % 512)) % 512));
  };
  for (const [name, bytes] of Object.entries(contents)) {
    const slash = name.lastIndexOf('/');
    if (name.length <= 100) put(name, '0', bytes);
    else if (longNames === 'prefix') put(name.slice(slash + 1), '0', bytes, name.slice(0, slash));
    else if (longNames === 'GNU') {
      put('././@LongLink', 'L', encode(`${name}\0`));
      put(name.slice(0, 100), '0', bytes);
    } else {
      put('PaxHeader/x', 'x', encode(paxRecord('mtime', '1.5') + paxRecord('path', name)));
      put(name.slice(0, 100), '0', bytes);
    }
  }
  const all = [...blocks, new Uint8Array(1024)];
  const tar = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const block of all) {
    tar.set(block, place);
    place += block.length;
  }
  return tar;
}

function header(name: string, type: string, length: number, prefix: string): Uint8Array {
  const block = new Uint8Array(512);
  const put = (text: string, place: number, most = 12) =>
    block.set(encode(text).subarray(0, most), place);
  put(name, 0, 100);
  put('0000644\0', 100);
  put(`${length.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put(' '.repeat(8), 148);
  put(type, 156);
  put('ustar\x0000', 257);
  put(prefix, 345, 155);
  const sum = block.reduce((a, b) => a + b, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** The length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = encode(` ${key}=${value}\n`).length;
  const digits = String(rest + String(rest).length).length;
  return `${rest + digits} ${key}=${value}\n`;
}
