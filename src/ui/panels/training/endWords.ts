import i18next from 'i18next';
import type { Ending } from '../../../app/effects/endNotification.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import { noticeWords } from '../../notices/noticeWords.ts';

/** What is said of a run that came to rest while nobody looked, in the language of the page. */
export function endWords({ run, phase, reason }: Ending): { title: string; body: string } {
  const t = i18next.getFixedT(null, ['training', 'notices', 'errors']);
  const { record, step, training } = run;
  const steps = plannedSteps(record);
  const isOver = phase !== 'paused' && phase !== 'failed';
  const how = isOver ? (step < steps ? 'stopped' : 'ended') : phase;
  const loss = training.at(-1)?.loss.toPrecision(3) ?? '–';
  const body = t(how === 'ended' ? 'ended.body' : 'ended.bodyBefore', {
    ...{ name: record.name, step, steps, loss },
  });
  const why = how === 'ended' || !reason ? [] : [noticeWords(reason, t).message];
  const space = i18next.language === 'zh-Hant' ? '' : ' ';
  return { title: t(`ended.${how}`), body: [body, ...why].join(space) };
}
