import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import classes from './FileDrop.module.css';

interface FileDropProps {
  readonly label: string;
  /** Says which files, and that they can be dropped here. */
  readonly hint: string;
  readonly multiple?: boolean;
  readonly disabled: boolean;
  readonly variant?: ButtonProps['variant'];
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that asks for files, in a field onto which they can be dropped. */
export function FileDrop(props: FileDropProps) {
  const { label, hint, multiple = false, disabled, variant = 'default', onFiles } = props;
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      openRef={open}
      multiple={multiple}
      disabled={disabled}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      onDrop={onFiles}
      classNames={{ root: classes.field ?? '' }}
      inputProps={{ style: { display: 'none' }, 'aria-hidden': true }}
    >
      <Group gap="xs" wrap="nowrap">
        <Button
          variant={variant}
          disabled={disabled}
          leftSection={<FolderOpen size={15} aria-hidden />}
          onClick={() => open.current?.()}
          style={{ flexShrink: 0 }}
        >
          {label}
        </Button>
        <Text size="xs" c="dimmed" lh={1.35}>
          {hint}
        </Text>
      </Group>
    </Dropzone>
  );
}
