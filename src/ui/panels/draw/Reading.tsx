import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CharacterReading, Prediction } from '../../../protocol/protocol.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './draw.module.css';
import { looksLikeKey } from './selectors.ts';

const doubtTexts = {
  cut: 'doubtCut',
  faint: 'doubtFaint',
  many: 'doubtMany',
  wide: 'doubtWide',
  solid: 'doubtSolid',
} as const satisfies Record<NonNullable<Prediction['doubts']>[number], string>;

interface ReadingProps {
  readonly prediction: Prediction | undefined;
  readonly names: readonly string[];
  readonly hasModel: boolean;
  /** While the pen is down the sentence rests: it is read out aloud. */
  readonly isDrawing: boolean;
  /** Of the picture, if there is one. */
  readonly pictureName: string | undefined;
}

/** What the network reads, as a sentence. */
export function Reading({ prediction, names, hasModel, isDrawing, pictureName }: ReadingProps) {
  const { t } = useTranslation(['draw', 'errors']);
  const language = useLanguage();
  const [said, setSaid] = useState(prediction);
  if (!isDrawing && said !== prediction) setSaid(prediction);

  const words = () => {
    if (!hasModel) return '';
    if (!said) return t('waiting');
    if (said.blank) {
      return pictureName === undefined
        ? t('waiting')
        : t('picture.blank', { ns: 'errors', file: pictureName });
    }
    const nameOf = ({ label }: CharacterReading) => names[label] ?? String(label);
    const shareOf = ({ label, probabilities }: CharacterReading) =>
      formatPercent(probabilities[label] ?? 0, language, 1);
    if (said.row) {
      const label = said.row.map(nameOf).join(said.row.every(isOneLetter) ? '' : ' ');
      return t('looksLikeRow', {
        label,
        share: said.row.map(shareOf).join(t('between')),
      });
    }
    return t(looksLikeKey(nameOf(said)), { label: nameOf(said), share: shareOf(said) });
  };
  const isOneLetter = ({ label }: CharacterReading) => [...(names[label] ?? '')].length === 1;
  return (
    <p role="status" className={classes.reading} data-read={said !== undefined && !said.blank}>
      <span>{words()}</span>
      {said?.doubts?.map((doubt) => (
        <span key={doubt} className={classes.doubt}>
          {t(doubtTexts[doubt])}
        </span>
      ))}
    </p>
  );
}
