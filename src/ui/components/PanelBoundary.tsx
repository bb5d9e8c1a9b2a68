import { Alert, Button, Group, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from './Panel.tsx';

interface PanelBoundaryProps {
  /** The panel's region, which is its namespace too. What stands outside of panels has none. */
  readonly region?: string;
  readonly children: ReactNode;
}

/**
 * Where a part of the page falls, the others stay: it says so in its place, and can be shown again. The
 * error itself goes where `createRoot` sends it.
 */
export class PanelBoundary extends Component<PanelBoundaryProps, { hasFallen: boolean }> {
  override readonly state = { hasFallen: false };

  static getDerivedStateFromError() {
    return { hasFallen: true };
  }

  override render() {
    const { region, children } = this.props;
    if (!this.state.hasFallen) return children;
    return <Fallen region={region} onRetry={() => this.setState({ hasFallen: false })} />;
  }
}

interface FallenProps {
  readonly region: string | undefined;
  readonly onRetry: () => void;
}

function Fallen({ region, onRetry }: FallenProps) {
  const { t } = useTranslation('boundary');
  const words = (
    <Alert variant="outline" color="red" role="alert">
      <Text size="sm">{t('fallen')}</Text>
      <Group mt="xs">
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      </Group>
    </Alert>
  );
  if (region === undefined) return words;
  return (
    <Panel region={region} title={t('title', { ns: region })}>
      {words}
    </Panel>
  );
}
