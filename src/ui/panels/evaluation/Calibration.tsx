import { Text, Title } from '@mantine/core';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalibrationBin, calibrationOf } from '../../../domain/metrics/calibration.ts';
import type { Evaluation } from '../../../domain/metrics/metrics.ts';
import { formatCount, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './Calibration.module.css';

/** Whether the network is right as often as it is sure: bars on the diagonal are, those below boast. */
export function Calibration({ evaluation }: { readonly evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const headingId = useId();
  const { bins, error } = useMemo(() => calibrationOf(evaluation), [evaluation]);
  return (
    <div>
      <Title order={3} id={headingId}>
        {t('calibration')}
      </Title>
      <Text size="xs" c="dimmed" mb={8} className="wb-tabular">
        {t('calibrationHelp', { error: formatPercent(error, language) })}
      </Text>
      <Curve bins={bins} />
      <table className={classes.forReaders} aria-labelledby={headingId}>
        <thead>
          <tr>
            <th scope="col">{t('confidence')}</th>
            <th scope="col">{t('images')}</th>
            <th scope="col">{t('accuracy')}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ to, images, confidence, accuracy }) =>
            confidence === undefined || accuracy === undefined ? null : (
              <tr key={to}>
                <th scope="row">{formatPercent(confidence, language)}</th>
                <td>{formatCount(images, language)}</td>
                <td>{formatPercent(accuracy, language)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

const SIDE = 100;

function Curve({ bins }: { readonly bins: readonly CalibrationBin[] }) {
  return (
    <svg className={classes.curve} viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden>
      {bins.map(({ from, to, accuracy = 0 }) => (
        <rect
          key={to}
          className={classes.bar}
          x={SIDE * from + 0.4}
          width={SIDE * (to - from) - 0.8}
          y={SIDE * (1 - accuracy)}
          height={SIDE * accuracy}
        />
      ))}
      <line className={classes.ideal} x1={0} y1={SIDE} x2={SIDE} y2={0} />
      {bins.map(({ to, confidence, accuracy }) =>
        confidence === undefined || accuracy === undefined ? null : (
          <circle
            key={to}
            className={classes.point}
            cx={SIDE * confidence}
            cy={SIDE * (1 - accuracy)}
            r={1.6}
          />
        ),
      )}
    </svg>
  );
}
