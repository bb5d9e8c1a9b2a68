import type { CodePage } from '../../domain/data/readingChoices.ts';

/** The upper halves of the two code pages of DOS that no browser knows (unicode.org, MAPPINGS/VENDORS/MICSFT/PC). */
const tables: Partial<Record<CodePage, string>> = {
  cp437: [
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ',
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐',
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀',
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  ].join(''),
  cp850: [
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ',
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐',
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀',
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  ].join(''),
};

/** Characters for private use, and controls: no name has them. */
const NEVER = /[\ue000-\uf8ff\u0080-\u009f]/;

/** The text that bytes are in a code page; undefined where they are none in it. */
export function decodeIn(codePage: CodePage, bytes: Uint8Array): string | undefined {
  const table = tables[codePage];
  if (!table) return strictly(codePage, bytes);
  return Array.from(bytes, (byte) =>
    byte < 128 ? String.fromCharCode(byte) : table[byte - 128],
  ).join('');
}

/** Bytes that are not UTF-8 give nothing, rather than signs that stand for any of them. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  return strictly('utf-8', bytes);
}

const decoders = new Map<string, TextDecoder>();

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  const known = decoders.get(encoding);
  const decoder = known ?? new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  decoders.set(encoding, decoder);
  try {
    const text = decoder.decode(bytes);
    return NEVER.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** What common names are made of; everything else is found less often, some of it never. */
const COMMON = {
  kana: /[\u3041-\u3096\u30a1-\u30fa\u30fc]/,
  hangul: /[\uac00-\ud7a3]/,
  han: /[\u4e00-\u9fff\u3005]/,
  cyrillic: /[\u0410-\u044f\u0401\u0451]/,
  latin: /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]/,
} as const;

/** Lead bytes of the common characters: the first level of each standard. */
const firstLevel: Partial<Record<CodePage, readonly [number, number]>> = {
  big5: [0xa4, 0xc6],
  gbk: [0xb0, 0xd7],
  shift_jis: [0x88, 0x98],
  'euc-jp': [0xb0, 0xcf],
};
/** Big5 has its common characters by their strokes, the rarer ones last. */
const FEW_STROKES = 0xbf;
const RARE = 0.3;
const UNUSUAL = 0.7;

const scriptsOf: Record<CodePage, readonly (keyof typeof COMMON)[]> = {
  ...{ big5: ['han'], gbk: ['han'], 'euc-kr': ['hangul'] },
  ...{ shift_jis: ['kana', 'han'], 'euc-jp': ['kana', 'han'] },
  ...{ ibm866: ['cyrillic'], 'windows-1251': ['cyrillic'], 'koi8-r': ['cyrillic'] },
  ...{ 'windows-1252': ['latin'], cp437: ['latin'], cp850: ['latin'] },
};

/** How likely it is that these bytes are text in this code page, 0 to 1; 0 where they cannot be. */
export function likelihood(codePage: CodePage, texts: readonly Uint8Array[]): number {
  let [sum, count] = [0, 0];
  for (const bytes of texts) {
    const text = decodeIn(codePage, bytes);
    if (text === undefined) return 0;
    const leads = leadBytes(codePage, bytes);
    let index = 0;
    for (const letter of text) {
      if (letter < '\u0080') continue;
      sum += commonness(codePage, letter, leads[index++] ?? 0);
      count++;
    }
    sum -= mixedCase(text);
  }
  return count === 0 ? 0 : Math.max(0, sum / count);
}

function commonness(codePage: CodePage, letter: string, lead: number): number {
  const script = scriptsOf[codePage].find((each) => COMMON[each].test(letter));
  if (script === undefined) return 0;
  const level = firstLevel[codePage];
  if (script !== 'han' || !level) return 1;
  if (lead < level[0] || lead > level[1]) return RARE;
  return codePage === 'big5' && lead > FEW_STROKES ? UNUSUAL : 1;
}

/** Small letters before capital ones, as text in the wrong Cyrillic page has them. */
function mixedCase(text: string): number {
  return text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
}

/** The first byte of every character that is not ASCII. */
function leadBytes(codePage: CodePage, bytes: Uint8Array): number[] {
  const isDouble = firstLevel[codePage] !== undefined || codePage === 'euc-kr';
  const leads: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 128) continue;
    leads.push(byte);
    const isHalfKana = codePage === 'shift_jis' && byte >= 0xa1 && byte <= 0xdf;
    if (isDouble && !isHalfKana) i++;
  }
  return leads;
}
