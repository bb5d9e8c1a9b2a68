import { Text } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { Points } from '../../../domain/metrics/curve.ts';
import type { TrainingPoint } from '../../../domain/metrics/metrics.ts';
import { logLines } from '../../../domain/metrics/trainingLog.ts';
import { useThrottled } from '../../components/useThrottled.ts';
import classes from './training.module.css';

/** Screens with room for the log from the start. */
const WIDE = '(min-width: 820px)';
/** A reader this near to the end follows it. */
const NEAR_END_PX = 24;
/** Faster than this nobody reads, and each time the browser lays all lines out anew. */
const UPDATE_MS = 250;
/** The log shows no more of them. */
const MOST_LINES = 500;

interface TrainingLogProps {
  /** Of the run, those of an earlier visit among them. */
  readonly points: Points<TrainingPoint>;
  /** Steps from line to line. */
  readonly interval: number;
}

const noPoints: readonly TrainingPoint[] = [];

/** The tutorial's log of the run in memory, of all steps that are known. */
export function TrainingLog() {
  const newest = useWorkbenchState(({ run }) => run?.training ?? noPoints);
  const interval = useWorkbenchState(
    ({ run, recipe }) => run?.record.recipe.displayStep ?? recipe.displayStep,
  );
  return <LogOf points={useThrottled(newest, UPDATE_MS)} interval={interval} />;
}

/** It follows its end until the reader scrolls up. */
const LogOf = memo(function LogOf({ points, interval }: TrainingLogProps) {
  const { t } = useTranslation('training');
  const lines = useMemo(() => logLines(points, interval, MOST_LINES), [points, interval]);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isOpen, setIsOpen] = useState(() => window.matchMedia(WIDE).matches);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end.
  useEffect(() => {
    if (follows.current && isOpen) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, isOpen]);

  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={classes.logSummary}>{t('log')}</summary>
      <div
        ref={box}
        role="log"
        aria-label={t('logLabel')}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what can take the focus.
        tabIndex={0}
        className={classes.log}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
      >
        {lines.length === 0 ? (
          <Text span inherit c="dimmed">
            {t('emptyLog', { steps: interval })}
          </Text>
        ) : (
          lines.join('\n')
        )}
      </div>
    </details>
  );
});
