import { Group, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  /** What is missing and what to do next. */
  readonly children: ReactNode;
}

/** Stands where something will be. */
export function EmptyState({ icon: Icon, children }: EmptyStateProps) {
  return (
    <Group gap="sm" wrap="nowrap" py="xs" align="flex-start">
      <Icon size={20} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </Group>
  );
}
