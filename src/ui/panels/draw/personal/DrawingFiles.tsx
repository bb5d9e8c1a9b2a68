import { Button, FileButton } from '@mantine/core';
import { Download, FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { saveFile } from '../../../components/saveFile.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import classes from './personal.module.css';
import type { Undoable } from './useUndoable.ts';

interface DrawingFilesProps {
  readonly onChange: Undoable['show'];
}

/** Takes the drawings away as a file, or brings them in. */
export function DrawingFiles({ onChange }: DrawingFilesProps) {
  const { t } = useTranslation('personal');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const isEmpty = useWorkbenchState(({ drawings }) => drawings.length === 0);
  /** Lets the same file be chosen twice. */
  const resetFile = useRef<() => void>(null);

  const bring = async (file: File) => {
    const { added, known } = await workbench.importDrawings(file);
    const undo = () => workbench.deleteDrawings(added.map(({ id }) => id));
    onChange({ type: 'imported', total: added.length, known, undo });
  };
  const take = (file: File | null) => {
    if (file) attempt(bring(file));
    resetFile.current?.();
  };
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        leftSection={<Download size={15} aria-hidden />}
        disabled={isEmpty}
        onClick={() => attempt(workbench.exportDrawings().then(saveFile))}
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
    </div>
  );
}
