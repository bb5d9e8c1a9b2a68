import { Button } from '@mantine/core';
import { FolderTree } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface FolderButtonProps {
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Asks for a whole folder, whose subfolders are the classes. */
export function FolderButton({ disabled, onFiles }: FolderButtonProps) {
  const { t } = useTranslation('dataset');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        // React has no property for it.
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<FolderTree size={15} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {t('folder')}
      </Button>
    </>
  );
}
