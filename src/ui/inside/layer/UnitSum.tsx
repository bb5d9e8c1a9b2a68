import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../components/useLanguage.ts';
import { formatSignal } from '../formatSignal.ts';
import { largestOf } from '../signal.ts';
import classes from './layer.module.css';
import { SmallMap } from './SmallMap.tsx';
import { heaviestTerms, type UnitSteps } from './unitSteps.ts';

interface UnitSumProps {
  readonly steps: UnitSteps;
  /** What a channel of the layer before is called. */
  readonly nameOf: (channel: number) => string;
}

const heads = {
  pictures: ['from', 'patch', 'filter', 'product', 'sum'],
  numbers: ['from', 'value', 'weight', 'equals', 'product'],
} as const;

/** As many can be read; the rest is told together. */
const SHOWN = { pictures: 3, numbers: 6 };

/** The products that made a unit's value, and what became of their sum. */
export function UnitSum({ steps: { sum, stages }, nameOf }: UnitSumProps) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const isDense = sum.shape.length === 1;
  const shown = isDense ? SHOWN.numbers : SHOWN.pictures;
  const { terms, others, rest } = useMemo(() => heaviestTerms(sum, shown), [sum, shown]);
  const [side = 1, , channels = 1] = isDense ? [1, 1, sum.shape[0]] : sum.shape;
  const most = useMemo(() => [sum.patch, sum.filter].map(largestOf), [sum]);
  const mostProduct = useMemo(
    () => largestOf(sum.patch.map((value, i) => value * (sum.filter[i] ?? 0))),
    [sum],
  );
  const number = (value: number) => formatSignal(value, language, true);
  return (
    <div>
      <table className={classes.sum}>
        <thead>
          <tr>
            {(isDense ? heads.numbers : heads.pictures).map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {terms.map(({ channel, product }) => {
            const of = (value: (index: number) => number) => (row: number, column: number) =>
              value((row * side + column) * channels + channel);
            const patch = of((i) => sum.patch[i] ?? 0);
            const filter = of((i) => sum.filter[i] ?? 0);
            const both = of((i) => (sum.patch[i] ?? 0) * (sum.filter[i] ?? 0));
            return (
              <tr key={channel}>
                <th scope="row">{nameOf(sum.firstChannel + channel)}</th>
                <td>
                  {isDense ? (
                    number(patch(0, 0))
                  ) : (
                    <SmallMap side={side} most={most[0] ?? 1} value={patch} />
                  )}
                </td>
                <td>
                  <span aria-hidden className={classes.sign}>
                    ×
                  </span>
                  {isDense ? (
                    <span>{number(filter(0, 0))}</span>
                  ) : (
                    <SmallMap side={side} most={most[1] ?? 1} value={filter} />
                  )}
                </td>
                <td>
                  {!isDense && (
                    <>
                      <span aria-hidden className={classes.sign}>
                        =
                      </span>
                      <SmallMap side={side} most={mostProduct} value={both} />
                    </>
                  )}
                </td>
                <td>{number(product)}</td>
              </tr>
            );
          })}
          {others > 0 && <Line name={t('others', { count: others })} value={number(rest)} />}
          <Line name={t('bias')} value={number(sum.bias)} />
        </tbody>
        <tfoot>
          <Line name={t('together')} value={number(sum.before)} />
        </tfoot>
      </table>
      <ol className={classes.stages}>
        {stages.map(({ layer, name, value, isOwn }) => (
          <li key={`${layer} ${name}`} data-own={isOwn}>
            <Text span size="xs">
              {t(`step_${name}`)}
            </Text>
            <span>{formatSignal(value, language)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <tr>
      <th scope="row" colSpan={4}>
        {name}
      </th>
      <td>{value}</td>
    </tr>
  );
}
