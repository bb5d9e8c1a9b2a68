import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { hasWidth, widths } from '../../../domain/architecture/architecture.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { formatWidth } from '../../components/format.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import { basicNumbers } from './controls.ts';
import { NumberControls } from './NumberControls.tsx';
import { widthChoices } from './selectors.ts';

/** What decides a run more than anything else. */
export function BasicControls({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const { architecture, width } = useWorkbenchState((state) => state.recipe);
  return (
    <>
      <ChoiceControl name="architecture" disabled={disabled} />
      {hasWidth(architecture) && (
        <ChoiceField
          label={t('width')}
          description={t('width.note')}
          value={String(width)}
          choices={widthChoices(widths, width).map((choice) => ({
            value: String(choice),
            label: formatWidth(choice),
          }))}
          disabled={disabled}
          onChoose={(choice) => workbench.setRecipe({ width: Number(choice) })}
        />
      )}
      <NumberControls controls={basicNumbers} disabled={disabled} />
    </>
  );
}
