import type { DatasetSource } from '../domain/dataset.ts';
import { isIdx } from '../domain/idx.ts';
import { pictureKind } from '../domain/pictureHeader.ts';
import { cifarRecords } from './cifarDataset.ts';
import { delimiterOf } from './csvLayout.ts';
import type { DatasetFile } from './datasetFile.ts';
import { isNpy } from './npyHeader.ts';

/** Enough for a signature, and to tell a text from other bytes. */
const HEAD_BYTES = 1024;

/** Files that say what the classes are called, one a line. */
const CLASS_NAMES_FILE =
  /(^|[/\\])(batches[.]meta|fine_label_names|classes|labels|class_names)[.]txt$/i;

export type FileKind = DatasetSource | 'class names';

/** What a file is: by its first bytes, and where these say little, by its length and its name. */
export async function fileKind(file: DatasetFile): Promise<FileKind | undefined> {
  const head = await file.head(HEAD_BYTES);
  if (pictureKind(head)) return 'pictures';
  if (isIdx(head)) return 'IDX';
  if (isNpy(head)) return 'NumPy';
  const text = textOf(head);
  if (text !== undefined && CLASS_NAMES_FILE.test(file.name)) return 'class names';
  if (text === undefined) return cifarRecords(file.likelyBytes, head) ? 'CIFAR' : undefined;
  const [firstLine = ''] = text.split(/[\r\n]/);
  return firstLine.includes(delimiterOf(firstLine)) ? 'CSV' : undefined;
}

/** The text that bytes begin with; undefined where they are none. */
function textOf(head: Uint8Array): string | undefined {
  const isControl = (byte: number) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte);
  if (head.length === 0 || head.some(isControl)) return undefined;
  return new TextDecoder().decode(head).trimStart();
}
