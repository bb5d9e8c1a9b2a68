import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { Sentences } from '../../components/Sentences.tsx';
import { EngineMenu } from './EngineMenu.tsx';
import classes from './Header.module.css';
import { adapterName } from './selectors.ts';

/** Which engine runs, and why. */
export function EngineStatus() {
  const { t } = useTranslation('header');
  const engine = useWorkbenchState((state) => state.engine);
  const phase = useWorkbenchState((state) => state.phase);
  const adapter = engine?.adapter;
  const name = adapter && adapterName(adapter);
  return (
    <div className={classes.engine}>
      <EngineMenu />
      <Text size="xs" c="dimmed" lh={1.35}>
        <Sentences
          all={[
            engine && t(`reason.${engine.reason}`),
            !engine && phase === 'failed' && t('failedNote'),
            engine?.threads && t('threadsUsed', { ...engine.threads }),
            name && t(adapter.software ? 'softwareAdapter' : 'adapter', { adapter: name }),
          ]}
        />
      </Text>
    </div>
  );
}
