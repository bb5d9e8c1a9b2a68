import { Button, FileButton } from '@mantine/core';
import { Download, FolderOpen, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { ignoreRefusal } from '../../../components/ignoreRefusal.ts';
import { saveFile } from '../../../components/saveFile.ts';
import classes from './personal.module.css';
import type { Undoable } from './useUndoable.ts';

interface DrawingFilesProps {
  readonly onChange: Undoable['show'];
  readonly onRemove: (ids: readonly string[]) => void;
}

/** Takes the drawings away as a file, brings them in, or removes them all. */
export function DrawingFiles({ onChange, onRemove }: DrawingFilesProps) {
  const { t } = useTranslation('personal');
  const workbench = useWorkbench();
  const drawings = useWorkbenchState((state) => state.drawings);
  /** Lets the same file be chosen twice. */
  const resetFile = useRef<() => void>(null);
  const isEmpty = drawings.length === 0;

  const bring = async (file: File) => {
    const { added, known } = await workbench.importDrawings(file);
    const undo = () => workbench.deleteDrawings(added.map(({ id }) => id));
    onChange({ type: 'imported', total: added.length, known, undo });
  };
  const take = (file: File | null) => {
    if (file) ignoreRefusal(bring(file));
    resetFile.current?.();
  };
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        leftSection={<Download size={15} aria-hidden />}
        disabled={isEmpty}
        onClick={() => ignoreRefusal(workbench.exportDrawings().then(saveFile))}
      >
        {t('export')}
      </Button>
      <FileButton accept="application/json,.json" onChange={take} resetRef={resetFile}>
        {(props) => (
          <Button variant="default" leftSection={<FolderOpen size={15} aria-hidden />} {...props}>
            {t('import')}
          </Button>
        )}
      </FileButton>
      <Button
        variant="default"
        leftSection={<Trash2 size={15} aria-hidden />}
        disabled={isEmpty}
        onClick={() => onRemove(drawings.map(({ id }) => id))}
      >
        {t('removeAll')}
      </Button>
    </div>
  );
}
