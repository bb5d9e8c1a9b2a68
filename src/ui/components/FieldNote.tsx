import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FieldNoteProps {
  /** The sentence that explains the control. */
  readonly children: ReactNode;
  /** Says what the preset has, where the control says something else. */
  readonly difference?: string | undefined;
}

/** What stands under the name of a control. */
export function FieldNote({ children, difference }: FieldNoteProps) {
  return (
    <>
      <span>{children}</span>
      {difference !== undefined && (
        <Text span inherit c="var(--wb-accent)" fw={600} className="wb-tabular">
          {` (${difference})`}
        </Text>
      )}
    </>
  );
}
