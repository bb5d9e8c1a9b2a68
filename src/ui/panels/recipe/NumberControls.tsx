import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { presets, recipeRanges } from '../../../domain/recipe/recipe.ts';
import { formatExact } from '../../components/format.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import type { NumberControl } from './controls.ts';
import classes from './NumberControls.module.css';
import { idleBecause } from './selectors.ts';

interface NumberControlsProps {
  readonly controls: readonly NumberControl[];
  readonly disabled: boolean;
}

/** Some numbers of the recipe, two in a row. */
export function NumberControls({ controls, disabled }: NumberControlsProps) {
  return (
    <div className={classes.grid}>
      {controls.map((control) => (
        <OneNumber key={control.key} control={control} disabled={disabled} />
      ))}
    </div>
  );
}

interface OneNumberProps {
  readonly control: NumberControl;
  readonly disabled: boolean;
}

function OneNumber({ control: { key, whole, step }, disabled }: OneNumberProps) {
  const { t } = useTranslation('recipe');
  const language = useLanguage();
  const workbench = useWorkbench();
  const value = useWorkbenchState(({ recipe }) => recipe[key]);
  const preset = useWorkbenchState(({ recipe }) => presets[recipe.preset][key]);
  const idle = useWorkbenchState((state) => idleBecause(key, state));
  const exact = (number: number) => formatExact(number, language);
  const range = recipeRanges[key];
  const bounds = { min: exact(range.min), max: exact(range.max) };
  return (
    <NumberField
      label={t(key)}
      description={t(idle ?? `${key}.note`)}
      difference={value === preset ? undefined : t('preset', { value: exact(preset) })}
      value={value}
      range={range}
      whole={whole}
      step={step}
      error={t(whole ? 'rangeWhole' : 'range', bounds)}
      disabled={disabled || idle !== undefined}
      onCommit={(typed) => workbench.setRecipe({ [key]: typed })}
    />
  );
}
