import { Button, type ButtonProps } from '@mantine/core';
import { useFileDialog } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { give } from './fileIntake.ts';
import type { FileTarget } from './useFileTarget.ts';

interface ChooseFilesProps extends Pick<ButtonProps, 'disabled' | 'leftSection'> {
  readonly target: Pick<FileTarget, 'wish'>;
  /** The ends of the names that the dialog offers; undefined for all. */
  readonly accept?: string;
  /** Asks for a whole folder. */
  readonly folder?: boolean;
  readonly children: ReactNode;
}

/** Asks for the files that a target wants. */
export function ChooseFiles(props: ChooseFilesProps) {
  const { target, accept = '', folder = false, children, ...others } = props;
  const { wish } = target;
  const dialog = useFileDialog({
    accept,
    directory: folder,
    multiple: wish.takes !== 'one',
    onChange: (files) => {
      if (files) give({ files: [...files], folders: [] }, wish);
    },
  });
  return (
    <Button variant="default" onClick={dialog.open} style={{ flexShrink: 0 }} {...others}>
      {children}
    </Button>
  );
}
