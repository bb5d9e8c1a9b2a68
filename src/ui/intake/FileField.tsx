import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './FileField.module.css';

interface FileFieldProps {
  /** Says which files, and that they can be dropped here. */
  readonly hint: string;
  readonly isOver: boolean;
  /** The button that asks for them. */
  readonly children: ReactNode;
}

/** Shows that files can be dropped where it stands. */
export function FileField({ hint, isOver, children }: FileFieldProps) {
  return (
    <div className={classes.field} data-over={isOver || undefined}>
      <Group gap="xs" wrap="nowrap">
        {children}
        <Text size="xs" c="dimmed" lh={1.35}>
          {hint}
        </Text>
      </Group>
    </div>
  );
}
