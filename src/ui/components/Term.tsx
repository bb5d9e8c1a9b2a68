import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VocabularyWord } from './vocabularyTexts.ts';

interface TermProps {
  readonly word: VocabularyWord;
  /** The word as it stands in the sentence; the vocabulary's own form if absent. */
  readonly children?: ReactNode;
}

/** A word of the field, explained where it stands: on hover, on focus, on touch. */
export function Term({ word, children }: TermProps) {
  const { t } = useTranslation('vocabulary');
  return (
    <Tooltip
      label={t(`${word}.meaning`)}
      multiline
      w={260}
      withArrow
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className="wb-term">
        {children ?? t(word)}
      </button>
    </Tooltip>
  );
}
