import i18next from 'i18next';
import type { RunState } from '../../../app/state.ts';

/** What is said of a run that ended while nobody looked, in the language of the page. */
export function endWords({ record, step, training }: RunState): { title: string; body: string } {
  const t = i18next.getFixedT(null, 'training');
  const loss = training.at(-1)?.loss.toPrecision(3) ?? '';
  return { title: t('ended.title'), body: t('ended.body', { name: record.name, step, loss }) };
}
