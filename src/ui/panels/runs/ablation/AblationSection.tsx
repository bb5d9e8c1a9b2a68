import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { AblationControls } from './AblationControls.tsx';
import { AblationForm } from './AblationForm.tsx';
import { AblationResults } from './AblationResults.tsx';

interface AblationSectionProps {
  /** Lays the curves of these runs over each other. */
  readonly onCompare: (ids: readonly string[]) => void;
}

/** Which ingredient of the improved recipe does what: begun here, left alone, read here. */
export function AblationSection({ onCompare }: AblationSectionProps) {
  const { t } = useTranslation('ablation');
  const queue = useWorkbenchState((state) => state.ablation);
  return (
    <section className="wb-part" aria-labelledby="runs-ablation">
      <Title order={3} id="runs-ablation">
        {t('title')}
      </Title>
      <Text size="sm" maw="62em">
        {t('lead')}
      </Text>
      {queue ? (
        <>
          <AblationControls queue={queue} onCompare={onCompare} />
          <AblationResults queue={queue} />
        </>
      ) : (
        <AblationForm />
      )}
    </section>
  );
}
