import { gzipSync } from 'node:zlib';
import { cifarBatch, csvRow } from '../../formats/testing/smallSets.ts';
import type { Dice } from './dice.ts';
import type { HostileFile, HostileInput } from './hostileInput.ts';
import { strangeName } from './names.ts';

const MOST_TEXT = 2 ** 22;
const encode = (text: string) => Uint8Array.from(new TextEncoder().encode(text));

/** CSV files with rows and cells of any length and number, and with any letters in them. */
export function hostileCsv(dice: Dice): HostileInput {
  const text = dice.pick([
    () => `label,${'pixel,'.repeat(dice.size(400_000))}\n`,
    () => '1,'.repeat(dice.size(MOST_TEXT / 2)),
    () => '"'.repeat(dice.size(MOST_TEXT)),
    () => `${csvRow(1)}\n${'\n'.repeat(dice.size(MOST_TEXT))}${csvRow(2)}`,
    () => `${csvRow(1)}\n${'9'.repeat(dice.size(MOST_TEXT))}`,
    () => `${csvRow(1)}\n${csvRow(2)},${strangeName(dice)}`,
    () => [csvRow('label', () => strangeName(dice)), csvRow(1), csvRow(2)].join('\n'),
    () =>
      Array.from({ length: dice.size(3000) }, (_, i) => csvRow(i % 120, (p) => (p * i) % 257)).join(
        '\r\n',
      ),
    () => [strangeName(dice), strangeName(dice)].join(dice.pick([',', ';', '\t'])),
    () => `0${',0'.repeat(dice.pick([16, 4096 * 3, 2 ** 20]))}\n`.repeat(dice.size(50)),
  ])();
  const name = dice.pick(['train.csv', 'a.txt', 'test.csv']);
  return { door: 'importDataset', words: 'CSV', files: [maybePacked(dice, name, encode(text))] };
}

/** CIFAR's records, which have no header: any labels, any number, cut anywhere. */
export function hostileCifar(dice: Dice): HostileInput {
  const most = dice.pick([9, 9, 9, 20, 255]);
  const labels = Array.from({ length: dice.size(2000) }, () => dice.whole(0, most));
  const files = Array.from({ length: dice.whole(1, 6) }, (_, i) =>
    maybePacked(dice, `${dice.pick(['data', 'test'])}_batch_${i}.bin`, cifarBatch(...labels)),
  );
  const names = Array.from({ length: dice.size(200) }, () => strangeName(dice)).join('\n');
  const beside = { name: 'batches.meta.txt', bytes: encode(names) };
  return {
    door: 'importDataset',
    words: 'CIFAR',
    files: dice.chance(0.5) ? [...files, beside] : files,
  };
}

function maybePacked(dice: Dice, name: string, content: Uint8Array): HostileFile {
  const bytes = dice.spoilt(dice.chance(0.3) ? gzipSync(content) : content);
  return { name, bytes };
}
