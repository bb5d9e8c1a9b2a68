import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { canStart } from '../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatBytes, formatCount, formatDuration, formatWidth } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { roomOfRun, secondsOfRun } from './linkFigures.ts';

/** What the link that led here asks for: nothing trains on a link's word alone. */
export function LinkQuestion() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const isAsked = useWorkbenchState(({ linkAsks }) => linkAsks);
  const canTrain = useWorkbenchState(canStart('train'));
  const recipe = useWorkbenchState((state) => state.recipe);
  const seconds = useWorkbenchState(secondsOfRun);
  const bytes = useWorkbenchState(roomOfRun);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // Nobody who followed the link has touched the page yet; on a phone the panel is some screens down.
    if (isAsked) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isAsked]);
  if (!isAsked) return null;
  const answer = (starts: boolean) => () => attempt(workbench.answerLink(starts));
  return (
    <section ref={card} className="wb-card" aria-label={t('link.title')}>
      <Text fw={600}>{t('link.title')}</Text>
      <Text size="sm" mt={4} mb={8}>
        {t('link.recipe', {
          recipe: t(`link.${recipe.preset}`),
          network: t(`link.${recipe.architecture}`, { width: formatWidth(recipe.width) }),
          batch: recipe.batchSize,
        })}
      </Text>
      <div className="wb-figures">
        <Figure label={t('link.steps')} value={formatCount(recipe.steps, language)} />
        <Figure
          label={t('link.time')}
          value={seconds === undefined ? t('link.unknown') : formatDuration(seconds, language)}
        />
        <Figure label={t('link.room')} value={formatBytes(bytes, language)} />
      </div>
      <Group gap="xs" mt="xs">
        <Button disabled={!canTrain} onClick={answer(true)}>
          {t('link.start')}
        </Button>
        <Button variant="default" onClick={answer(false)}>
          {t('link.notNow')}
        </Button>
      </Group>
    </section>
  );
}
