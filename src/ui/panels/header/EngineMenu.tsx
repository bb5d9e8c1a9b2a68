import { Button, Menu, Text } from '@mantine/core';
import { ChevronDown, Cpu } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { EngineEstimate } from './EngineEstimate.tsx';
import { canSelectEngine, engineChoices, engineNote } from './selectors.ts';
import { ThreadsField } from './ThreadsField.tsx';

/** The engine's name, and the others to choose from with a sentence on each. */
export function EngineMenu() {
  const { t } = useTranslation('header');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const engine = useWorkbenchState((state) => state.engine);
  const choice = useWorkbenchState((state) => state.engineChoice);
  const phase = useWorkbenchState((state) => state.phase);
  const canSelect = useWorkbenchState(canSelectEngine);
  const waiting = t(phase === 'failed' ? 'failed' : 'starting');
  const name = engine ? t(`${engine.name}.name`) : waiting;
  return (
    <Menu
      position="bottom-end"
      width={330}
      shadow="none"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Cpu size={15} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
          aria-label={t('engineMenu', { name })}
          style={{ flexShrink: 0 }}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {!canSelect && <Menu.Label ta="left">{t('locked')}</Menu.Label>}
        <Menu.RadioGroup value={choice}>
          {engineChoices.map((item) => (
            <Menu.RadioItem
              key={item}
              value={item}
              disabled={!canSelect}
              closeMenuOnClick
              // Else the field below would take the focus, and the arrow keys with it.
              data-autofocus={item === choice || undefined}
              onChange={() => attempt(workbench.selectEngine(item))}
            >
              <Text size="sm" fw={600}>
                {t(`${item}.name`)}
              </Text>
              <Text size="xs" c="dimmed" lh={1.35}>
                <span>{`${t(engineNote(item, engine))} `}</span>
                <EngineEstimate choice={item} />
              </Text>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {engine?.threads && <ThreadsField threads={engine.threads} disabled={!canSelect} />}
        {engine?.name === 'webgpu' && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => attempt(workbench.clearKernelChoices())}>
              <Text size="sm" fw={600}>
                {t('clearKernelChoices')}
              </Text>
              <Text size="xs" c="dimmed" lh={1.35}>
                {t('clearKernelChoicesNote')}
              </Text>
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
