import { Alert, Text } from '@mantine/core';
import { PencilLine } from 'lucide-react';
import { useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { WorkbenchError } from '../../../util/errors.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { refusalWords } from '../../i18n/refusalWords.ts';
import { useFileTarget } from '../../intake/useFileTarget.ts';
import { DrawingControls } from './DrawingControls.tsx';
import { DrawingSurface } from './DrawingSurface.tsx';
import classes from './draw.module.css';
import { type DrawingAction, draw, emptyDrawing } from './drawing.ts';
import { openPicture } from './openPicture.ts';
import { ProbabilityBars } from './ProbabilityBars.tsx';
import { LabelRow } from './personal/LabelRow.tsx';
import { PersonalTestSet } from './personal/PersonalTestSet.tsx';
import { useKeeping } from './personal/useKeeping.ts';
import { Reading } from './Reading.tsx';
import { SeenPicture } from './SeenPicture.tsx';
import { classNamesOf } from './selectors.ts';
import { usePrediction } from './usePrediction.ts';

/** The surface is as wide as an MNIST picture, in its pixels. */
const MNIST_SIDE = 28;
/** MNIST's own strokes are about this wide. */
const MNIST_PEN = 2.8;

/** Has the network read what one draws, or a picture. */
export function DrawPanel() {
  const { t } = useTranslation(['draw', 'errors']);
  const { tell } = useWorkbench();
  const names = useWorkbenchState(classNamesOf);
  const hasModel = useWorkbenchState(({ run }) => run !== undefined);
  const wantsColour = useWorkbenchState(({ run }) => run?.record.architecture.input.channels === 3);
  const [drawing, act] = useReducer(draw, emptyDrawing);
  const [pen, setPen] = useState(MNIST_PEN);
  const [problem, setProblem] = useState<WorkbenchError>();
  const prediction = usePrediction(drawing);
  const [chosen, setChosen] = useState(0);
  const { row = [] } = prediction ?? {};
  const place = Math.min(chosen, Math.max(0, row.length - 1));
  const shown = prediction && { ...prediction, ...row[place] };

  const refuse = (refusal: unknown) => {
    if (refusal instanceof WorkbenchError) setProblem(refusal);
    else tell(refusal);
  };
  const target = useFileTarget({
    ...{ kind: 'picture', takes: 'one', onRefused: refuse },
    onFiles: ([file]) => {
      setProblem(undefined);
      if (file) openPicture(file).then((picture) => act({ type: 'open', picture }), refuse);
    },
  });
  const actAfresh = (action: DrawingAction) => {
    setProblem(undefined);
    act(action);
  };
  const { canKeep, undoable, keep, onKeyDown } = useKeeping(drawing, names, actAfresh);
  const pictureName = drawing.sheet.picture?.picture.name;

  return (
    <Panel region="draw" title={t('title')}>
      <div ref={target.ref} className={classes.body} data-over={target.isOver}>
        <div>
          <DrawingSurface
            sheet={drawing.sheet}
            penWidth={pen / MNIST_SIDE}
            onAct={actAfresh}
            onKeyDown={onKeyDown}
          />
          <DrawingControls
            drawing={drawing}
            pen={pen}
            onPen={setPen}
            onAct={actAfresh}
            target={target}
          />
          {pictureName !== undefined && (
            <Text size="xs" mt={6} truncate>
              {t('picture', { name: pictureName })}
            </Text>
          )}
          {problem && (
            <Alert
              variant="outline"
              color="red"
              mt={8}
              p="xs"
              withCloseButton
              closeButtonLabel={t('close')}
              onClose={() => setProblem(undefined)}
            >
              {refusalWords(problem.code, problem.params, t)}
            </Alert>
          )}
          <LabelRow
            names={names}
            canKeep={canKeep}
            undoable={undoable}
            onKeep={keep}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className={classes.reader}>
          {!hasModel && <EmptyState icon={PencilLine}>{t('noModel')}</EmptyState>}
          <Reading
            prediction={prediction}
            names={names}
            hasModel={hasModel}
            isDrawing={drawing.isDrawing}
            pictureName={pictureName}
          />
          <ProbabilityBars prediction={shown} names={names} />
          <SeenPicture prediction={prediction} names={names} chosen={place} onChoose={setChosen} />
          {wantsColour && (
            <Text size="xs" c="dimmed">
              {t('colourModel')}
            </Text>
          )}
        </div>
        <PersonalTestSet />
      </div>
    </Panel>
  );
}
