import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../app/useStore.ts';
import type { Inspection } from '../../domain/inside/inspection.ts';
import { imagesSeen } from '../../domain/runs/imagesSeen.ts';
import { formatCount } from '../components/format.ts';
import { useLanguage } from '../components/useLanguage.ts';
import type { ShownImage } from './useShownImage.ts';

/** Above the first a reading is one, below the second it is none. */
const SURE = 0.9;
const DOUBTFUL = 0.5;

/** Where the network is: how much it has seen, and what it says of the image. */
export function useSentence(seen: Inspection | undefined, names: readonly string[]): string {
  const { t } = useTranslation('figure');
  const language = useLanguage();
  const record = useWorkbenchState(({ run }) => run?.record);
  if (!record) return t('noModel');
  if (!seen) return t('isNothing');
  const reading = readingSentence(seen.probabilities, names, t);
  const count = imagesSeen(record, seen.step);
  if (count === undefined) return reading;
  const past = count === 0 ? t('noneSeen') : t('seen', { count: formatCount(count, language) });
  return `${past} ${reading}`;
}

/** What the network says of an image, in words before any figure. */
export function readingSentence(
  probabilities: ArrayLike<number>,
  names: readonly string[],
  t: TFunction<'figure'>,
): string {
  const order = Array.from(probabilities, (share, index) => ({ share, index })).sort(
    (a, b) => b.share - a.share,
  );
  const [first, second] = order.map(({ index }) => names[index] ?? String(index));
  const share = order[0]?.share ?? 0;
  const key = share >= SURE ? 'reads' : share >= DOUBTFUL ? 'probably' : 'unsure';
  return t(key, { first, second });
}

/** Where an image comes from. */
export function sourceWords(
  { source, name, index }: ShownImage,
  t: TFunction,
  count: (value: number) => string,
): string {
  const key = source === 'test' && name !== undefined ? 'testAs' : source;
  return t(key, { ns: 'figure', name, index: count(index ?? 0) });
}
