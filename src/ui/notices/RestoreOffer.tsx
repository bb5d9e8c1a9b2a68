import { Button, Group, Text } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DELETION_UNDO_MS } from '../../domain/runs/deletion.ts';
import classes from './RestoreOffer.module.css';

interface RestoreOfferProps {
  readonly message: string;
  readonly onRestore: () => void;
}

/** Says what was deleted, and for how long it can be brought back. */
export function RestoreOffer({ message, onRestore }: RestoreOfferProps) {
  const { t } = useTranslation('notices');
  return (
    <div>
      <Text inherit className={classes.message ?? ''}>
        {message}
      </Text>
      <Group gap="xs" mt={6}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={onRestore}
        >
          {t('restore')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('restorable', { seconds: DELETION_UNDO_MS / 1000 })}
        </Text>
      </Group>
      <div
        aria-hidden
        className={classes.left}
        style={{ animationDuration: `${DELETION_UNDO_MS}ms` }}
      />
    </div>
  );
}
