import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prediction } from '../../../protocol/protocol.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './draw.module.css';
import { looksLikeKey } from './selectors.ts';

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
    const label = names[said.label] ?? String(said.label);
    const share = formatPercent(said.probabilities[said.label] ?? 0, language, 1);
    return t(looksLikeKey(label), { label, share });
  };
  return (
    <p role="status" className={classes.reading} data-read={said !== undefined && !said.blank}>
      {words()}
    </p>
  );
}
