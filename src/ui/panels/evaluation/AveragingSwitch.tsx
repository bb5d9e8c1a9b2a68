import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { averagingOf, viewCount } from './selectors.ts';

interface AveragingSwitchProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Asks for test-time augmentation, which is another for digits than for photographs. */
export function AveragingSwitch({ checked, disabled, onChange }: AveragingSwitchProps) {
  const { t } = useTranslation('evaluation');
  const kind = useWorkbenchState(averagingOf);
  const views = useWorkbenchState(viewCount);
  if (kind === undefined) return null;
  return (
    <Switch
      size="xs"
      label={t(`averaging.${kind}`, { views })}
      description={t(`averaging.${kind}.note`, { views })}
      checked={checked}
      disabled={disabled}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
