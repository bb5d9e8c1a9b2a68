import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { presetIds } from '../../../domain/recipe/recipe.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { presetChanges } from './selectors.ts';

/** Which recipe to start from. To choose one undoes every change. */
export function PresetControl({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const preset = useWorkbenchState(({ recipe }) => recipe.preset);
  const isPlain = useWorkbenchState(({ recipe }) => recipe.initializer === 'normal');
  return (
    <div>
      <ChoiceField
        label={t('presets')}
        description={t(`preset.${preset}.note`)}
        value={preset}
        choices={presetIds.map((value) => ({ value, label: t(`preset.${value}`) }))}
        disabled={disabled}
        onChoose={(id) => workbench.setRecipe(presetChanges(id))}
      />
      <Checkbox
        mt={8}
        size="xs"
        label={t('plainStart')}
        checked={isPlain}
        disabled={disabled}
        onChange={({ currentTarget }) =>
          workbench.setRecipe({ initializer: currentTarget.checked ? 'normal' : 'he' })
        }
      />
    </div>
  );
}
