import { Collapse, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { GroupName } from './controls.ts';
import classes from './RecipeGroup.module.css';
import { changedIn } from './selectors.ts';

interface RecipeGroupProps {
  readonly name: Exclude<GroupName, 'basic'>;
  /** What it comes to, in a word or two, for those who leave it closed. */
  readonly summary?: string;
  readonly opened?: boolean;
  /** Is told whether it is open. */
  readonly children: (isOpen: boolean) => ReactNode;
}

/** Controls that belong together, folded away until they are asked for. */
export function RecipeGroup({ name, summary, opened = false, children }: RecipeGroupProps) {
  const { t } = useTranslation('recipe');
  const changed = useWorkbenchState(({ recipe }) => changedIn(name, recipe));
  const [isOpen, { toggle }] = useDisclosure(opened);
  const contentId = useId();
  return (
    <div>
      <div className={classes.head}>
        <UnstyledButton
          className={classes.toggle ?? ''}
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={toggle}
        >
          <ChevronRight size={15} aria-hidden className={classes.arrow} />
          <span>
            {changed > 0 ? t('groupChanged', { group: t(name), count: changed }) : t(name)}
          </span>
        </UnstyledButton>
        {summary !== undefined && (
          <Text span size="xs" c="dimmed" className="wb-tabular">
            {summary}
          </Text>
        )}
      </div>
      <div id={contentId}>
        <Collapse expanded={isOpen} transitionDuration={120}>
          <Stack gap="sm" pt="xs">
            {children(isOpen)}
          </Stack>
        </Collapse>
      </div>
    </div>
  );
}
