import { Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differingHyperparameters } from '../../../../domain/recipe/recipeDifference.ts';
import type { Metric } from '../../../charts/curves.ts';
import { ComparedCurves } from './ComparedCurves.tsx';
import { ComparedRuns } from './ComparedRuns.tsx';
import classes from './compare.module.css';
import { DifferenceTable } from './DifferenceTable.tsx';
import { GapChart } from './GapChart.tsx';
import { PairedTests } from './PairedTests.tsx';
import { comparedRuns, legendKeys, type Pace, type Split, usualSplit } from './selectors.ts';
import type { Compared } from './useComparison.ts';
import { useCurveNames } from './useCurveNames.ts';
import { useRecords } from './useRecords.ts';

interface CompareSectionProps {
  /** In the order in which they were chosen. */
  readonly chosen: readonly Compared[];
  readonly onEnd: () => void;
}

/** The chosen runs over each other: curves, gap, verdicts, and what sets their recipes apart. */
export function CompareSection({ chosen, onEnd }: CompareSectionProps) {
  const { t } = useTranslation('compare');
  const runs = useMemo(() => chosen.map(({ run }) => run), [chosen]);
  const records = useRecords(runs);
  const compared = useMemo(() => {
    const places = new Map(chosen.map(({ run, place }) => [run.id, place]));
    return comparedRuns(records, (id) => places.get(id) ?? 0);
  }, [records, chosen]);
  const differing = useMemo(
    () => differingHyperparameters(records.map(({ recipe }) => recipe)),
    [records],
  );
  const legend = useMemo(() => legendKeys(differing), [differing]);
  const nameOf = useCurveNames(legend);
  const [metric, setMetric] = useState<Metric>('loss');
  const [chosenSplit, setSplit] = useState<Split>();
  const split = chosenSplit ?? usualSplit(records.length);
  const [pace, setPace] = useState<Pace>('step');
  const [emphasized, setEmphasized] = useState<string>();
  return (
    <section className="wb-part" aria-labelledby="runs-comparison">
      <Group justify="space-between">
        <Title order={3} id="runs-comparison">
          {t('title')}
        </Title>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<X size={13} aria-hidden />}
          onClick={onEnd}
        >
          {t('clear')}
        </Button>
      </Group>
      {records.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('loading')}
        </Text>
      ) : (
        <>
          <ComparedRuns runs={compared} {...{ legend, emphasized, onEmphasize: setEmphasized }} />
          <div className={classes.controls}>
            <Choice
              label={t('metric')}
              options={['loss', 'accuracy']}
              {...{ value: metric, onChange: setMetric }}
            />
            <Choice
              label={t('split')}
              options={['validation', 'training', 'both']}
              {...{ value: split, onChange: setSplit }}
            />
            <Choice
              label={t('pace')}
              options={['step', 'time']}
              {...{ value: pace, onChange: setPace }}
            />
          </div>
          <div className={classes.charts}>
            <ComparedCurves runs={compared} {...{ metric, pace, split, emphasized, nameOf }} />
            <GapChart runs={compared} {...{ metric, pace, emphasized, nameOf }} />
          </div>
          <DifferenceTable runs={compared} differing={differing} />
          <PairedTests runs={compared} />
        </>
      )}
    </section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Value[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const { t } = useTranslation('compare');
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={options.map((option) => ({ value: option, label: t(option) }))}
      value={value}
      onChange={(chosen) => {
        const known = options.find((option) => option === chosen);
        if (known) onChange(known);
      }}
    />
  );
}
