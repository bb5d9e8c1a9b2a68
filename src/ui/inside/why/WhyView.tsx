import { SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workbench } from '../../../app/workbench.ts';
import type { Architecture } from '../../../domain/architecture/architecture.ts';
import { type ExplanationMethod, methodsFor } from '../../../domain/inside/explanation.ts';
import type { Inspection } from '../../../domain/inside/inspection.ts';
import { at } from '../../../util/assert.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import type { InputPixels } from '../figure/paintFigure.ts';
import layerClasses from '../layer/layer.module.css';
import { Opened } from '../Opened.tsx';
import { PixelCanvas } from '../PixelCanvas.tsx';
import { cssColor } from '../signal.ts';
import { useLooking } from '../useLooking.ts';
import { AGAINST, FOR, paintWhy, strongestPlace } from './paintWhy.ts';
import classes from './why.module.css';

interface WhyViewProps {
  readonly architecture: Architecture;
  readonly label: number;
  readonly names: readonly string[];
  readonly input: InputPixels | undefined;
  readonly seen: Inspection | undefined;
  readonly isOnScreen: boolean;
  readonly onLabel: (label: number) => void;
  readonly onClose: () => void;
}

/** Of the image on the page; a multiple of MNIST's 28. */
const SIDE = 280;

/** Why the network reads an image as a class, or why not: over the image itself. */
export function WhyView(props: WhyViewProps) {
  const { architecture, label, names, input, seen, isOnScreen, onLabel, onClose } = props;
  const { t } = useTranslation('why');
  const language = useLanguage();
  const drawing = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const methods = methodsFor(architecture);
  const [chosen, setMethod] = useState<ExplanationMethod>('gradCam');
  const method = methods.find((one) => one === chosen) ?? at(methods, 0);
  const pixels = input?.pixels;
  const question = useMemo(() => {
    if (!pixels || !isOnScreen) return undefined;
    return async (workbench: Workbench) => ({
      ...(await workbench.explain(pixels, label, method)),
      of: pixels,
    });
  }, [pixels, label, method, isOnScreen]);
  const answer = useLooking(question, true);
  const isAnswered = answer?.of === pixels && answer?.label === label && answer?.method === method;
  const shown = isAnswered ? answer : undefined;
  const size = useMemo(() => {
    const scale = input ? Math.max(1, Math.floor(SIDE / Math.max(input.width, input.height))) : 1;
    return { width: (input?.width ?? SIDE) * scale, height: (input?.height ?? SIDE) * scale };
  }, [input]);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (input) paintWhy(context, size, input, shown);
    },
    [input, size, shown],
  );
  const name = names[label] ?? String(label);
  const probabilities = seen?.probabilities;
  const read = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : undefined;
  const percent = (share: number) => formatPercent(share, language, 1);

  return (
    <Opened
      {...{ drawing, canvas, onClose }}
      label={t('region', { name })}
      title={t(read === undefined || read === label ? 'why' : 'whyNot', { name })}
      subject="why"
      fileName={`why-${name}`}
      facts={probabilities && t('share', { share: percent(probabilities[label] ?? 0) })}
    >
      {input && seen ? (
        <div className={classes.columns}>
          <div>
            <div
              className={classes.picture}
              style={size}
              role="img"
              aria-label={
                shown ? t('picture', { name, ...strongestPlace(shown, input) }) : t('asking')
              }
            >
              <PixelCanvas {...size} paint={paint} ref={canvas} />
              <svg ref={drawing} className={layerClasses.marks} {...size} aria-hidden />
            </div>
            <div className={classes.legend}>
              <span>{method === 'gradCam' ? '' : t('against')}</span>
              <span
                className={classes.scale}
                style={{
                  background: `linear-gradient(to right, ${method === 'gradCam' ? '#0d0c0b' : cssColor(AGAINST)}, #0d0c0b, ${cssColor(FOR)})`,
                }}
                aria-hidden
              />
              <span>{t('for', { name })}</span>
            </div>
          </div>
          <div className={classes.words}>
            <SegmentedControl
              size="xs"
              aria-label={t('methods')}
              value={method}
              onChange={setMethod}
              data={methods.map((value) => ({ value, label: t(value) }))}
            />
            <Text size="sm">{t(`${method}.is`, { name })}</Text>
            <Text size="xs" c="dimmed">
              {t('score')}
            </Text>
            <Text size="sm" fw={600} mt={4}>
              {t('classes')}
            </Text>
            <div className={classes.labels}>
              {names.map((other, index) => (
                <UnstyledButton
                  key={other}
                  className={classes.label ?? ''}
                  aria-pressed={index === label}
                  onClick={() => onLabel(index)}
                >
                  <span>{other}</span>
                  <span className={classes.share}>{percent(seen.probabilities[index] ?? 0)}</span>
                </UnstyledButton>
              ))}
            </div>
          </div>
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {t('waiting')}
        </Text>
      )}
    </Opened>
  );
}
