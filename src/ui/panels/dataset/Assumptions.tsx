import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  assumptionSentence,
  type DatasetAssumption,
  isQuestion,
} from '../../../domain/data/datasetAssumption.ts';
import { assumptionTexts } from '../../../util/assumptionTexts.ts';
import { refusalWords } from '../../i18n/refusalWords.ts';

/** What was taken for granted when the set was read, the doubtful first. */
export function Assumptions({
  assumptions,
}: {
  readonly assumptions: readonly DatasetAssumption[];
}) {
  const { t } = useTranslation(['dataset', 'errors']);
  const heading = useId();
  // A kept set may have one that another version knew.
  const known = assumptions.filter((one) => assumptionSentence(one).code in assumptionTexts);
  if (known.length === 0) return null;
  const inOrder = known.toSorted((a, b) => Number(isQuestion(b)) - Number(isQuestion(a)));
  return (
    <div>
      <Title order={3} id={heading}>
        {t('assumed')}
      </Title>
      <ul aria-labelledby={heading} style={{ margin: 0, paddingInlineStart: '1.2em' }}>
        {inOrder.map((assumption) => {
          const { code, params } = assumptionSentence(assumption);
          const words = refusalWords(code, params, t);
          return (
            <Text key={words} component="li" size="xs" style={{ overflowWrap: 'anywhere' }}>
              {words}
            </Text>
          );
        })}
      </ul>
    </div>
  );
}
