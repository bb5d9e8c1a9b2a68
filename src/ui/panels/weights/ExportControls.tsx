import { Button, Code, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { WeightsFormat } from '../../../domain/runs/weightsFormat.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { saveFile } from '../../components/saveFile.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { canExport, offeredFormats, readingCode } from './selectors.ts';

/** Which file to make, what it will carry, and how to read it elsewhere. */
export function ExportControls() {
  const { t } = useTranslation('weights');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const mayExport = useWorkbenchState(canExport);
  const [format, setFormat] = useState<WeightsFormat>('safetensors');
  const [isExporting, setIsExporting] = useState(false);

  const exportFile = async () => {
    setIsExporting(true);
    try {
      saveFile(await workbench.exportWeights(format));
    } finally {
      setIsExporting(false);
    }
  };
  return (
    <Stack gap="sm">
      <ChoiceField<WeightsFormat>
        label={t('format')}
        description={t('carries')}
        value={format}
        choices={offeredFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
        onChoose={setFormat}
      />
      <div>
        <Text size="xs" c="dimmed" mb={4}>
          {t(`read.${format}`)}
        </Text>
        <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {readingCode[format]}
        </Code>
      </div>
      <Button
        variant="default"
        style={{ justifySelf: 'start', alignSelf: 'flex-start' }}
        leftSection={<Download size={15} aria-hidden />}
        disabled={!mayExport}
        loading={isExporting}
        onClick={() => attempt(exportFile())}
      >
        {t('export')}
      </Button>
    </Stack>
  );
}
