import type { DatasetSource } from '../../domain/data/dataset.ts';
import { foreignKind } from '../../domain/data/foreignFile.ts';
import { isIdx } from '../../domain/data/idx.ts';
import { pictureKind } from '../../domain/pictures/pictureHeader.ts';
import { cifarRecords } from '../arrays/cifarDataset.ts';
import { isNpy } from '../arrays/npyHeader.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import { isArff } from '../tables/csvForms.ts';
import { textOf } from '../text/textEncoding.ts';

/** Enough for a signature, and to tell a text from other bytes. */
const HEAD_BYTES = 1024;

/** Files that say what the classes are called, one a line. */
const CLASS_NAMES_FILE =
  /(^|[/\\])(batches[.]meta|fine_label_names|classes|labels|categories|names|(class|label)[-_ ]?names|[^/\\]*mapping)[.]txt$/i;

export type FileKind = DatasetSource | 'class names';

/** What a file is: by its first bytes, and where these say little, by its length and its name. */
export async function fileKind(file: DatasetFile): Promise<FileKind | undefined> {
  const head = await file.head(HEAD_BYTES);
  if (pictureKind(head)) return 'pictures';
  if (isIdx(head)) return 'IDX';
  if (isNpy(head)) return 'NumPy';
  const text = textOf(head);
  if (text !== undefined && CLASS_NAMES_FILE.test(file.name)) return 'class names';
  if (text !== undefined && foreignKind(head)) return undefined;
  if (text === undefined) return cifarRecords(file.likelyBytes, head) ? 'CIFAR' : undefined;
  return looksLikeTable(text) || isArff(text) ? 'CSV' : undefined;
}

/** So many words in one line are the header of a table, or a row of one, and no sentence. */
const CELLS_OF_ROW = 16;

/** Whether what a text begins with has several cells. */
function looksLikeTable(text: string): boolean {
  const lines = text.split(/[\r\n]+/).filter((each) => !/^"?sep=/i.test(each));
  const line = lines.find((each) => !/^[#%]/.test(each)) ?? lines[0] ?? '';
  return (
    /[,;|\t]/.test(line) ||
    /^[-+\d.e]+ +[-+\d]/i.test(line) ||
    line.split(/ +/).length > CELLS_OF_ROW
  );
}
