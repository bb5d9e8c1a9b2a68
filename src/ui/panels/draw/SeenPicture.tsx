import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Prediction } from '../../../protocol/protocol.ts';
import classes from './draw.module.css';
import { PreparedPixels } from './PreparedPixels.tsx';

const EMPTY_SIDE = 28;

interface SeenPictureProps {
  readonly prediction: Prediction | undefined;
  readonly names: readonly string[];
  /** Of several characters the one whose probabilities are shown. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

/** The picture as it was prepared for the network; several characters side by side, to choose from. */
export function SeenPicture({ prediction, names, chosen, onChoose }: SeenPictureProps) {
  const { t } = useTranslation('draw');
  const width = prediction?.preparedWidth ?? EMPTY_SIDE;
  const height = prediction?.preparedHeight ?? EMPTY_SIDE;
  const { row } = prediction ?? {};
  return (
    <figure className={classes.seen} data-row={row !== undefined}>
      {row ? (
        <div className={classes.row}>
          {row.map(({ prepared, label }, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a character is known by its place alone.
              key={index}
              type="button"
              className={classes.character}
              aria-pressed={index === chosen}
              aria-label={t('choose', { place: index + 1, label: names[label] ?? label })}
              onClick={() => onChoose(index)}
            >
              <PreparedPixels prepared={prepared} width={width} height={height} />
            </button>
          ))}
        </div>
      ) : (
        <PreparedPixels
          prepared={prediction?.prepared}
          width={width}
          height={height}
          label={t('seen')}
        />
      )}
      <figcaption>
        <Text size="xs" fw={600} aria-hidden={!row}>
          {t('seen')}
        </Text>
        <Text size="xs" c="dimmed" lh={1.4} className="wb-tabular">
          {t(row ? 'seenRowHelp' : 'seenHelp', { width, height })}
        </Text>
      </figcaption>
    </figure>
  );
}
