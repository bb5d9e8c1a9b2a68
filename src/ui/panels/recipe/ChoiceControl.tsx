import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { presets } from '../../../domain/recipe/recipe.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { FieldNote } from '../../components/FieldNote.tsx';
import { type ChoiceKey, choices } from './controls.ts';
import { idleBecause, noteOf } from './selectors.ts';

interface ChoiceControlProps {
  readonly name: ChoiceKey;
  readonly disabled: boolean;
}

type ChoiceWord = { [Key in ChoiceKey]: `${Key}.${(typeof choices)[Key][number]}` }[ChoiceKey];

/** A part of the recipe that is one of a few. */
export function ChoiceControl({ name, disabled }: ChoiceControlProps) {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const idle = useWorkbenchState((state) => idleBecause(name, state));
  const preset = presets[recipe.preset][name];
  const word = (value: string) => t(`${name}.${value}` as ChoiceWord);
  const difference = recipe[name] === preset ? undefined : t('preset', { value: word(preset) });
  return (
    <ChoiceField<string>
      label={t(name)}
      description={<FieldNote difference={difference}>{t(idle ?? noteOf(name, recipe))}</FieldNote>}
      value={recipe[name]}
      choices={choices[name].map((value) => ({ value, label: word(value) }))}
      disabled={disabled || idle !== undefined}
      onChoose={(value) => workbench.setRecipe({ [name]: value })}
    />
  );
}
