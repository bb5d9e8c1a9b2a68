import { Button, Text } from '@mantine/core';
import { ArrowRight, Undo2 } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../app/useStore.ts';
import type { Workbench } from '../../app/workbench.ts';
import { layoutFigure } from '../../domain/figure/layout.ts';
import { wholeFigure } from '../../domain/insidePlace.ts';
import { formatCount } from '../components/format.ts';
import { Panel } from '../components/Panel.tsx';
import { useLanguage } from '../components/useLanguage.ts';
import { classNamesOf } from '../panels/draw/selectors.ts';
import { NetworkFigure } from './figure/NetworkFigure.tsx';
import classes from './inside.module.css';
import { SaveButtons } from './save/SaveButtons.tsx';
import { sourceWords, useSentence } from './sentence.ts';
import { useLooking } from './useLooking.ts';
import { useNetwork } from './useNetwork.ts';
import { useOnScreen } from './useOnScreen.ts';
import { usePlace } from './usePlace.ts';
import { useRoom } from './useRoom.ts';
import { fits, useShownImage } from './useShownImage.ts';
import { addWords } from './words.ts';

/** The network in hand, alive: what it makes of an image, layer by layer. */
export function InsideView() {
  addWords();
  const { t } = useTranslation(['figure', 'inside']);
  const language = useLanguage();
  const body = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useRoom(body);
  const isOnScreen = useOnScreen(body);
  const { place = wholeFigure, open } = usePlace();
  const network = useNetwork();
  const names = useWorkbenchState(classNamesOf);
  const { image, next } = useShownImage(place.test);
  const { architecture, blocks, towers } = network;
  const { input: shape, classes: classCount } = architecture;
  const shown = image && fits(image, shape) ? image : undefined;
  const question = useMemo(() => {
    if (!shown || !isOnScreen) return undefined;
    return (workbench: Workbench) => workbench.inspect(shown.pixels);
  }, [shown, isOnScreen]);
  const seen = useLooking(question);
  const layout = useMemo(
    () => room && layoutFigure(blocks, shape, classCount, towers, room),
    [blocks, shape, classCount, towers, room],
  );
  const input = useMemo(
    () => shown && { pixels: shown.pixels, height: shape.height, width: shape.width },
    [shown, shape],
  );
  const sentence = useSentence(shown ? seen : undefined, names);
  const { view, test } = place;

  return (
    <Panel
      region="inside"
      title={t('title', { ns: 'inside' })}
      actions={
        <div className={classes.actions}>
          {test !== undefined && (
            <Button
              variant="default"
              leftSection={<Undo2 size={14} aria-hidden />}
              onClick={() => history.back()}
            >
              {t('back')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<ArrowRight size={14} aria-hidden />}
            onClick={() => {
              next();
              if (test !== undefined) open({ view });
            }}
          >
            {t('next')}
          </Button>
          <SaveButtons drawing={drawing} canvas={canvas} name="network" />
        </div>
      }
    >
      <Text className={classes.sentence}>{sentence}</Text>
      <div ref={body} className={classes.body}>
        {layout && (
          <NetworkFigure
            {...{ network, layout, input, seen, names, drawing, canvas }}
            source={shown ? sourceWords(shown, names, t, (n) => formatCount(n, language)) : ''}
            open={undefined}
            field={undefined}
            onLayer={(layer) => open({ ...place, view: { kind: 'layer', layer } })}
            onClass={(label) => open({ ...place, view: { kind: 'why', label } })}
          />
        )}
      </div>
    </Panel>
  );
}
