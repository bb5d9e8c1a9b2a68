import { Collapse, Stack, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { initializers, presets, scalingKinds } from '../../../domain/recipe.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { FieldNote } from '../../components/FieldNote.tsx';
import classes from './AdvancedControls.module.css';
import { NumberControls } from './NumberControls.tsx';
import { advancedNumbers } from './numberControls.ts';
import { advancedKeys, changedKeys } from './selectors.ts';

/** The rest of the recipe, folded away until it is asked for. */
export function AdvancedControls({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const [opened, { toggle }] = useDisclosure(false);
  const contentId = useId();
  const preset = presets[recipe.preset];
  const changed = changedKeys(recipe).filter((key) => advancedKeys.some((name) => name === key));
  const presetWords = (key: 'initializer' | 'scaling') =>
    recipe[key] === preset[key] ? undefined : t('preset', { value: t(`${key}.${preset[key]}`) });
  return (
    <div>
      <UnstyledButton
        className={classes.toggle ?? ''}
        aria-expanded={opened}
        aria-controls={contentId}
        onClick={toggle}
      >
        <ChevronRight size={15} aria-hidden className={classes.arrow} />
        {changed.length > 0 ? t('advancedChanged', { count: changed.length }) : t('advanced')}
      </UnstyledButton>
      <div id={contentId}>
        <Collapse expanded={opened} transitionDuration={120}>
          <Stack gap="sm" pt="xs">
            <ChoiceField
              label={t('initializer')}
              description={
                <FieldNote difference={presetWords('initializer')}>
                  {t('initializer.note')}
                </FieldNote>
              }
              value={recipe.initializer}
              choices={initializers.map((value) => ({ value, label: t(`initializer.${value}`) }))}
              disabled={disabled}
              onChoose={(initializer) => workbench.setRecipe({ initializer })}
            />
            <ChoiceField
              label={t('scaling')}
              description={
                <FieldNote difference={presetWords('scaling')}>{t('scaling.note')}</FieldNote>
              }
              value={recipe.scaling}
              choices={scalingKinds.map((value) => ({ value, label: t(`scaling.${value}`) }))}
              disabled={disabled}
              onChoose={(scaling) => workbench.setRecipe({ scaling })}
            />
            <NumberControls controls={advancedNumbers} disabled={disabled} />
          </Stack>
        </Collapse>
      </div>
    </div>
  );
}
