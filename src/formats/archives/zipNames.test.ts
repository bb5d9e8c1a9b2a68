import { describe, expect, it } from 'vitest';
import { type CodePage, codePages } from '../../domain/data/readingChoices.ts';
import { decodeIn } from '../text/codePage.ts';
import { crc32 } from './crc32.ts';
import { zipNames } from './zipNames.ts';

const tables = new Map<CodePage, Map<string, number[]>>();

/** The bytes of a text in a code page, found by decoding every pair of bytes. */
function encodeIn(codePage: CodePage, text: string): Uint8Array {
  const bytes = tables.get(codePage) ?? new Map<string, number[]>();
  if (bytes.size === 0) fill(codePage, bytes);
  tables.set(codePage, bytes);
  return Uint8Array.from(
    [...text].flatMap((letter) =>
      letter < '\u0080' ? [letter.charCodeAt(0)] : (bytes.get(letter) ?? []),
    ),
  );
}

function fill(codePage: CodePage, bytes: Map<string, number[]>): void {
  for (let first = 0xff; first >= 0x80; first--) {
    for (let second = 0xfe; second >= 0x40; second--) {
      const letter = decodeIn(codePage, Uint8Array.of(first, second));
      if (letter?.length === 1) bytes.set(letter, [first, second]);
    }
    const letter = decodeIn(codePage, Uint8Array.of(first));
    if (letter?.length === 1) bytes.set(letter, [first]);
  }
}

const raw = (bytes: Uint8Array, extra = new Uint8Array(0)) => ({ bytes, extra });
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What people call folders of pictures, as the programs of their countries write it. */
const inPractice: readonly [CodePage, string | undefined, readonly string[]][] = [
  ['big5', 'zh-Hant', ['狗/1.png', '鳥/1.png', 'cat/1.png']],
  ['big5', 'zh-Hant', ['數字/零/1.png', '數字/一/1.png', '功課/二/1.png']],
  ['big5', undefined, ['狗/1.png', '貓/1.png', '測試資料/鳥/1.png', '訓練/的/1.png']],
  ['gbk', undefined, ['训练集/猫/1.png', '训练集/狗/1.png', '测试/鸟/1.png']],
  ['shift_jis', undefined, ['いぬ/1.png', 'ねこ/1.png', 'カタカナ/ア/1.png']],
  ['ibm866', undefined, ['кошка/1.png', 'собака/1.png', 'Птица/1.png']],
  ['windows-1251', undefined, ['кошка/1.png', 'собака/1.png', 'Птица/1.png']],
  ['cp437', undefined, ['Vögel/1.png', 'Bäume/1.png', 'café/1.png']],
];

describe('names in a zip file', () => {
  it.each(inPractice)('are read as %s on a page in %s', (codePage, language, names) => {
    const read = zipNames(
      names.map((name) => raw(encodeIn(codePage, name))),
      { language },
    );
    expect(read.names).toEqual(names);
    expect(read.codePage).toBe(codePage);
    expect(names).toContain(read.example);
  });

  it('are UTF-8 where they can be, whatever the flag says, and nothing is assumed', () => {
    const names = ['狗/1.png', 'кошка/1.png', 'é/1.png'];
    expect(zipNames(names.map((name) => raw(utf8(name))))).toEqual({ names });
  });

  it('are those of the Unicode field, if it is of this name', () => {
    const bytes = encodeIn('big5', '狗');
    const field = (name: string, of: Uint8Array) => {
      const text = utf8(name);
      const extra = new Uint8Array(9 + text.length);
      const view = new DataView(extra.buffer);
      view.setUint16(0, 0x7075, true);
      view.setUint16(2, 5 + text.length, true);
      extra[4] = 1;
      view.setUint32(5, crc32(of), true);
      extra.set(text, 9);
      return extra;
    };
    expect(zipNames([raw(bytes, field('犬', bytes))])).toEqual({ names: ['犬'] });
    const stale = zipNames([raw(bytes, field('犬', utf8('old')))], { language: 'zh-Hant' });
    expect(stale.names).toEqual(['狗']);
  });

  it('are read as the user decides, and none is lost where that cannot be', () => {
    const bytes = encodeIn('big5', '鳥');
    expect(zipNames([raw(bytes)], { codePage: 'big5' }).names).toEqual(['鳥']);
    expect(zipNames([raw(bytes)], { codePage: 'cp437' }).names).toEqual(['│╛']);
    const [a, b] = zipNames([raw(Uint8Array.of(0x80)), raw(Uint8Array.of(0xff))], {
      codePage: 'big5',
    }).names;
    expect([a, b]).toEqual(['%80', '%FF']);
  });

  it.each(codePages)('of different bytes stay different in %s', (codePage) => {
    const all = Array.from({ length: 2 ** 12 }, (_, i) =>
      raw(Uint8Array.of(0x80 + 2 * (i >> 6), 0x80 + 2 * (i & 63))),
    );
    const { names } = zipNames(all, { codePage });
    expect(new Set(names).size).toBe(all.length);
  });
});
