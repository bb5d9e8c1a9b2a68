import { Button } from '@mantine/core';
import { Download, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { saveFile } from '../../../components/saveFile.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { ChooseFiles } from '../../../intake/ChooseFiles.tsx';
import type { FileTarget } from '../../../intake/useFileTarget.ts';
import classes from './personal.module.css';

interface DrawingFilesProps {
  /** Where a file of drawings is read. */
  readonly target: FileTarget;
}

/** Takes the drawings away as a file, or brings them in. */
export function DrawingFiles({ target }: DrawingFilesProps) {
  const { t } = useTranslation('personal');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const isEmpty = useWorkbenchState(({ drawings }) => drawings.length === 0);
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
      <ChooseFiles
        target={target}
        accept="application/json,.json"
        leftSection={<FolderOpen size={15} aria-hidden />}
      >
        {t('import')}
      </ChooseFiles>
    </div>
  );
}
