import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { trainableArchitectures, widths } from '../../../domain/architecture.ts';
import { presets } from '../../../domain/recipe.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { FieldNote } from '../../components/FieldNote.tsx';
import { formatWidth } from '../../components/format.ts';
import { NumberControls } from './NumberControls.tsx';
import { basicNumbers } from './numberControls.ts';
import { widthChoices } from './selectors.ts';

/** What decides a run more than anything else. */
export function BasicControls({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const preset = presets[recipe.preset];
  const difference =
    recipe.architecture === preset.architecture
      ? undefined
      : t('preset', { value: t(`architecture.${preset.architecture}`) });
  return (
    <>
      <ChoiceField
        label={t('architecture')}
        description={<FieldNote difference={difference}>{t('architecture.note')}</FieldNote>}
        value={recipe.architecture}
        choices={trainableArchitectures.map((value) => ({
          value,
          label: t(`architecture.${value}`),
        }))}
        disabled={disabled}
        onChoose={(architecture) => workbench.setRecipe({ architecture })}
      />
      {recipe.architecture === 'alexnet' && (
        <ChoiceField
          label={t('width')}
          description={t('width.note')}
          value={String(recipe.width)}
          choices={widthChoices(widths, recipe.width).map((width) => ({
            value: String(width),
            label: formatWidth(width),
          }))}
          disabled={disabled}
          onChoose={(width) => workbench.setRecipe({ width: Number(width) })}
        />
      )}
      <NumberControls controls={basicNumbers} disabled={disabled} />
    </>
  );
}
