import { Button, Slider, Text } from '@mantine/core';
import { Eraser, ImageUp, Redo2, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from '../../intake/ChooseFiles.tsx';
import type { FileTarget } from '../../intake/useFileTarget.ts';
import classes from './draw.module.css';
import { canRedo, canUndo, type Drawing, type DrawingAction, isBlank } from './drawing.ts';

interface DrawingControlsProps {
  readonly drawing: Drawing;
  /** Width of the pen in MNIST's pixels. */
  readonly pen: number;
  readonly onPen: (width: number) => void;
  readonly onAct: (action: DrawingAction) => void;
  /** Where pictures are opened. */
  readonly target: FileTarget;
}

export function DrawingControls({ drawing, pen, onPen, onAct, target }: DrawingControlsProps) {
  const { t } = useTranslation('draw');
  return (
    <div className={classes.controls}>
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<Undo2 size={15} aria-hidden />}
          disabled={!canUndo(drawing)}
          onClick={() => onAct({ type: 'undo' })}
        >
          {t('undo')}
        </Button>
        <Button
          variant="default"
          leftSection={<Redo2 size={15} aria-hidden />}
          disabled={!canRedo(drawing)}
          onClick={() => onAct({ type: 'redo' })}
        >
          {t('redo')}
        </Button>
        <Button
          variant="default"
          leftSection={<Eraser size={15} aria-hidden />}
          disabled={isBlank(drawing.sheet)}
          onClick={() => onAct({ type: 'clear' })}
        >
          {t('clear')}
        </Button>
        <ChooseFiles
          target={target}
          accept="image/*"
          leftSection={<ImageUp size={15} aria-hidden />}
        >
          {t('open')}
        </ChooseFiles>
      </div>
      <div className={classes.pen}>
        <span aria-hidden>{t('pen')}</span>
        <Slider
          size="sm"
          min={1.4}
          max={5.6}
          step={0.2}
          value={pen}
          onChange={onPen}
          label={(value) => value.toFixed(1)}
          thumbLabel={t('pen')}
        />
      </div>
      <Text size="xs" c="dimmed" lh={1.4}>
        {t('openHint')}
      </Text>
    </div>
  );
}
