import { Button, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canStart } from '../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { Architecture } from '../../../domain/architecture/architecture.ts';
import type { LayerReport } from '../../../domain/architecture/shapes.ts';
import type { Exciting } from '../../../domain/inside/exciting.ts';
import { excitingPatches, neverActive } from '../../../domain/inside/excitingPatches.ts';
import { formatCount } from '../../components/format.ts';
import { PixelRow } from '../../components/PixelRow.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { formatSignal } from '../formatSignal.ts';
import classes from './layer.module.css';

interface ExcitingPartProps {
  readonly architecture: Architecture;
  readonly report: LayerReport;
  readonly unit: number;
}

/** More are counted and not named. */
const MOST_NAMED = 24;

/** Which pieces of validation images excite a unit most, and which units nothing excites. */
export function ExcitingPart({ architecture, report, unit }: ExcitingPartProps) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const isOffered = useWorkbenchState(canStart('exciting'));
  const progress = useWorkbenchState(({ inside }) => inside.exciting);
  const run = useWorkbenchState((state) => state.run);
  const [answer, setAnswer] = useState<Exciting>();
  const { layer } = report;
  // Of weights that are no more nothing is said.
  const isOfNow = answer?.runId === run?.record.id && answer?.step === run?.step;
  const found = isOfNow ? answer : undefined;
  const count = (value: number) => formatCount(value, language);
  const title = t(layer.kind === 'dense' ? 'excitingUnit' : 'excitingMap', { unit });
  if (!run) return null;
  return (
    <div className={`${classes.part} ${classes.exciting}`}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {found ? (
        <>
          <Patches {...{ architecture, found, unit, title }} names={run.record.classNames} />
          {'activation' in layer && layer.activation === 'relu' && <Dead found={found} />}
          <Text size="xs" c="dimmed">
            {t('excitingOf', { images: count(found.images) })}
          </Text>
        </>
      ) : (
        <>
          <Button
            size="xs"
            variant="default"
            disabled={!isOffered}
            onClick={() => attempt(workbench.exciting(layer.name).then(setAnswer))}
          >
            {t('search')}
          </Button>
          {progress && (
            <Text size="xs" c="dimmed" className="wb-tabular">
              {t('searching', { done: count(progress.done), total: count(progress.total) })}
            </Text>
          )}
        </>
      )}
    </div>
  );
}

interface PatchesProps {
  readonly architecture: Architecture;
  readonly found: Exciting;
  readonly unit: number;
  readonly title: string;
  readonly names: readonly string[];
}

function Patches({ architecture, found, unit, title, names }: PatchesProps) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const patches = useMemo(
    () => excitingPatches(found, architecture, unit),
    [found, architecture, unit],
  );
  if (patches.length === 0) return <Text size="sm">{t('excitedByNone')}</Text>;
  return (
    <ol className={classes.patches} aria-label={title}>
      {patches.map(({ image, label, value, field, pixels }) => {
        const [height, width] = [field.bottom - field.top + 1, field.right - field.left + 1];
        const shape = { height, width, channels: architecture.input.channels };
        const name = names[label] ?? String(label);
        const signal = formatSignal(value, language);
        return (
          <li key={image}>
            <PixelRow
              {...{ pixels, shape }}
              label={t('pieceOf', { name, image, value: signal })}
              className={classes.patch}
            />
            <span aria-hidden>{signal}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Counted, and named as far as there is room. */
function Dead({ found }: { readonly found: Exciting }) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const dead = neverActive(found);
  const named = dead.slice(0, MOST_NAMED).join(', ');
  const which = dead.length > MOST_NAMED ? `${named} …` : named;
  const many = formatCount(dead.length, language);
  const total = formatCount(found.units, language);
  return (
    <Text size="sm">
      {dead.length === 0 ? t('noneDead', { total }) : t('dead', { many, total, which })}
    </Text>
  );
}
