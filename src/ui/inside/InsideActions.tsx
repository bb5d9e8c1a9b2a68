import { Button } from '@mantine/core';
import { ArrowRight, Undo2 } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../app/useStore.ts';
import classes from './inside.module.css';
import { SaveButtons } from './save/SaveButtons.tsx';

interface InsideActionsProps {
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Whether one came from an image of the evaluation. */
  readonly hasWayBack: boolean;
  readonly onNext: () => void;
}

/** What can be done with the picture as a whole. */
export function InsideActions({ drawing, canvas, hasWayBack, onNext }: InsideActionsProps) {
  const { t } = useTranslation('figure');
  const isThereNext = useWorkbenchState(({ dataset }) => dataset.status === 'ready');
  return (
    <div className={classes.actions}>
      {hasWayBack && (
        <Button
          component="a"
          href="#evaluation"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
        >
          {t('back')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<ArrowRight size={14} aria-hidden />}
        disabled={!isThereNext}
        onClick={onNext}
      >
        {t('next')}
      </Button>
      <SaveButtons drawing={drawing} canvas={canvas} name="network" />
    </div>
  );
}
