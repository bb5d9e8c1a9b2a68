import { Button, Stack, Text } from '@mantine/core';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { MOST_OVERLAID } from '../../charts/runColors.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatCount } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { useShownPart } from '../../components/useShownPart.ts';
import { AblationSection } from './ablation/AblationSection.tsx';
import { CompareSection } from './compare/CompareSection.tsx';
import { useComparison } from './compare/useComparison.ts';
import classes from './RunCard.module.css';
import { RunCard } from './RunCard.tsx';
import { StorageSection } from './StorageSection.tsx';
import { canChangeRuns, sortedRuns } from './selectors.ts';
import { UnreadableSection } from './UnreadableSection.tsx';

/** How many cards are shown until more are asked for. */
const FIRST_SHOWN = 6;
/** A card has some fifty elements. */
const SHOWN_MORE = 50;

/** Every run that this browser keeps, and how it keeps them. */
export function RunsPanel() {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const runs = useWorkbenchState((state) => state.runs);
  const hasUnreadable = useWorkbenchState(({ unreadable }) =>
    unreadable.some(({ kind }) => kind === 'run'),
  );
  const currentId = useWorkbenchState((state) => state.run?.record.id);
  const canChange = useWorkbenchState(canChangeRuns);
  const { compared, compare, compareOnly } = useComparison(runs);
  const sorted = sortedRuns(runs);
  const { shown, left, next, showMore, list } = useShownPart(sorted, FIRST_SHOWN, SHOWN_MORE);
  const total = formatCount(sorted.length, language);
  return (
    <Panel region="runs" title={t('title')}>
      <Stack gap="sm">
        {runs.length === 0 && !hasUnreadable && (
          <EmptyState icon={History}>{t('empty')}</EmptyState>
        )}
        {runs.length > 0 && (
          <ul ref={list} className={classes.list}>
            {shown.map((run) => (
              <li key={run.id}>
                <RunCard
                  run={run}
                  isCurrent={run.id === currentId}
                  canChange={canChange}
                  isCompared={compared.some((other) => other.run === run)}
                  onCompare={compare(run)}
                />
              </li>
            ))}
          </ul>
        )}
        {left > 0 && (
          <Button variant="subtle" onClick={showMore}>
            {next === left ? t('showAll', { total }) : t('showMore', { next, total })}
          </Button>
        )}
        {runs.length > 1 && (
          <Text size="xs" c="dimmed">
            {compared.length === MOST_OVERLAID
              ? t('compareFull', { most: MOST_OVERLAID })
              : t('compareHint')}
          </Text>
        )}
        {compared.length > 0 && <CompareSection chosen={compared} onEnd={() => compareOnly([])} />}
        <AblationSection onCompare={compareOnly} />
        <UnreadableSection />
        <StorageSection />
      </Stack>
    </Panel>
  );
}
