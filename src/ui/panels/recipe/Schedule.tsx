import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { formatCount, formatExact } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import { scheduleNumbers } from './controls.ts';
import { NumberControls } from './NumberControls.tsx';
import classes from './Schedule.module.css';
import { rateCurve } from './sparkline.ts';

/** How the learning rate goes over the run. */
export function Schedule({ disabled }: { readonly disabled: boolean }) {
  return (
    <>
      <ChoiceControl name="schedule" disabled={disabled} />
      <RateSparkline />
      <NumberControls controls={scheduleNumbers} disabled={disabled} />
    </>
  );
}

function RateSparkline() {
  const { t } = useTranslation('recipe');
  const language = useLanguage();
  const { learningRate, schedule, steps, warmup } = useWorkbenchState((state) => state.recipe);
  const curve = useMemo(
    () => rateCurve({ learningRate, schedule, steps, warmup }),
    [learningRate, schedule, steps, warmup],
  );
  /** What is less than a thousandth of the height is 0 to the eye. */
  const rate = (value: number) => {
    const isSeen = value >= curve.highest / 1000;
    return formatExact(isSeen ? Number(value.toPrecision(2)) : 0, language);
  };
  const words = t('rates', {
    ...{ first: rate(curve.first), highest: rate(curve.highest), last: rate(curve.last) },
    steps: formatCount(steps, language),
  });
  return (
    <figure className={classes.rates}>
      <svg
        className={classes.line}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        <path d={curve.path} vectorEffect="non-scaling-stroke" />
      </svg>
      <Text component="figcaption" size="xs" c="dimmed" className="wb-tabular" aria-hidden>
        {words}
      </Text>
    </figure>
  );
}
