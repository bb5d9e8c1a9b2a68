import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { presets, recipeRanges } from '../../../domain/recipe.ts';
import { formatExact } from '../../components/format.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import type { NumberControl } from './numberControls.ts';

interface NumberControlsProps {
  readonly controls: readonly NumberControl[];
  readonly disabled: boolean;
}

/** Some numbers of the recipe, two in a row. */
export function NumberControls({ controls, disabled }: NumberControlsProps) {
  const { t } = useTranslation('recipe');
  const language = useLanguage();
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const preset = presets[recipe.preset];
  const exact = (value: number) => formatExact(value, language);
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
      {controls.map(({ key, whole, step }) => {
        const range = recipeRanges[key];
        const bounds = { min: exact(range.min), max: exact(range.max) };
        const difference =
          recipe[key] === preset[key] ? undefined : t('preset', { value: exact(preset[key]) });
        return (
          <NumberField
            key={key}
            label={t(key)}
            description={t(`${key}.note`)}
            difference={difference}
            value={recipe[key]}
            range={range}
            whole={whole}
            step={step}
            error={t(whole ? 'rangeWhole' : 'range', bounds)}
            disabled={disabled}
            onCommit={(value) => workbench.setRecipe({ [key]: value })}
          />
        );
      })}
    </SimpleGrid>
  );
}
