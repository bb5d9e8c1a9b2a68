import { Text, Title, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConfusionCounts, denseConfusion } from '../../../domain/metrics/confusion.ts';
import { formatCount } from '../../components/format.ts';
import { keyName } from '../../components/keys.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './ConfusionMatrix.module.css';
import { heatScale } from './heat.ts';
import type { Cell } from './selectors.ts';

interface ConfusionMatrixProps {
  readonly confusion: ConfusionCounts;
  readonly names: readonly string[];
  readonly chosen: Cell | undefined;
  readonly onChoose: (cell: Cell | undefined) => void;
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Which class was read as which. One cell takes the focus; the arrow keys go to the others. */
export function ConfusionMatrix({ confusion, names, chosen, onChoose }: ConfusionMatrixProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const headingId = useId();
  const table = useRef<HTMLTableElement>(null);
  const [entry, setEntry] = useState<Cell>({ truth: 0, predicted: 0 });
  const heat = useMemo(() => heatScale(confusion), [confusion]);
  const rows = useMemo(() => denseConfusion(confusion), [confusion]);
  const isAt = (cell: Cell | undefined, truth: number, predicted: number) =>
    cell?.truth === truth && cell.predicted === predicted;

  const move = (event: KeyboardEvent, { truth, predicted }: Cell) => {
    const way = arrows[keyName(event) ?? ''];
    if (!way) return;
    event.preventDefault();
    const next = { truth: truth + way[0], predicted: predicted + way[1] };
    const button = table.current?.querySelector<HTMLButtonElement>(
      `[data-cell="${next.truth}-${next.predicted}"]`,
    );
    if (!button) return;
    setEntry(next);
    button.focus();
  };

  return (
    <div>
      <Title order={3} id={headingId}>
        {t('matrix')}
      </Title>
      <Text size="xs" c="dimmed" mb={8}>
        {t('matrixHelp')}
      </Text>
      <div className="wb-scroll">
        <table ref={table} className={classes.matrix} aria-labelledby={headingId}>
          <thead>
            <tr>
              <th scope="col" className={classes.corner}>
                <span className={classes.truth}>{`${t('truth')} ↓`}</span>
                <span className={classes.predicted}>{`${t('predicted')} →`}</span>
              </th>
              {names.map((name) => (
                <th key={name} scope="col" className={classes.name} title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, truth) => (
              <tr key={names[truth]}>
                <th scope="row" className={classes.rowName} title={names[truth]}>
                  {names[truth]}
                </th>
                {row.map((count, predicted) => {
                  const cell = { truth, predicted };
                  const isRight = truth === predicted;
                  const isChosen = isAt(chosen, truth, predicted);
                  const share = heat.shareOf(count, isRight);
                  return (
                    <td key={names[predicted]} className={classes.cell}>
                      <UnstyledButton
                        className={classes.button ?? ''}
                        data-cell={`${truth}-${predicted}`}
                        data-kind={count === 0 ? 'none' : isRight ? 'right' : 'wrong'}
                        __vars={{ '--share': String(share) }}
                        tabIndex={isAt(entry, truth, predicted) ? 0 : -1}
                        aria-pressed={isChosen}
                        aria-label={t('cell', {
                          truth: names[truth],
                          predicted: names[predicted],
                          count: formatCount(count, language),
                        })}
                        onFocus={() => setEntry(cell)}
                        onKeyDown={(event) => move(event, cell)}
                        onClick={() => onChoose(isChosen ? undefined : cell)}
                      >
                        {count === 0 ? '·' : count}
                      </UnstyledButton>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
