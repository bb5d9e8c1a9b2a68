import type { Conforming } from '../../domain/data/asTrained.ts';
import type { UnlabelledImages } from '../../domain/data/dataset.ts';
import { isSetOf } from '../../domain/data/datasetIdentity.ts';
import { yieldToMessages } from '../../training/yieldToMessages.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { ErrorCode } from '../../util/errorTexts.ts';
import { errorEvent } from '../calls/failures.ts';
import type { Workspace } from '../workspace.ts';
import type { LoadedDataset } from './datasetShelf.ts';

const sentences = {
  turned: 'images.turned',
  prepared: 'images.prepared',
} as const satisfies Record<Conforming, ErrorCode>;

/** Images of the set in use as the current model knows them; the page is told what was done to them. */
export async function conformedImages<Images extends UnlabelledImages>(
  { run: { record, look }, emit }: Workspace,
  given: Images,
  { summary }: LoadedDataset,
  part: 'test' | 'training' | 'unlabelled',
): Promise<Images> {
  const { input } = record.architecture;
  const { asTrained } = await import('../../domain/data/asTrained.ts');
  const isOwnSet = part !== 'unlabelled' && isSetOf(record, summary) === true;
  const circumstances = { isOwnSet, rest: yieldToMessages };
  const { images, done } = await asTrained(given, input, look, circumstances);
  if (done) {
    const params = { dataset: summary.name, run: record.name };
    emit({ ...errorEvent(new WorkbenchError(sentences[done], params)), kind: 'warning' });
  }
  return images;
}
