import { Button, Code, Group, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CloudDownload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { addressesOf, knownDatasets } from '../../../domain/data/knownDatasets.ts';
import { Sentences } from '../../components/Sentences.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { canLoadDataset } from './selectors.ts';

const TYPED = '';

/** Fetches a data set from another site, after the user has seen from where. */
export function GetAnother() {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canLoad = useWorkbenchState(canLoadDataset);
  const [isOpen, dialog] = useDisclosure(false);
  const [choice, setChoice] = useState(knownDatasets[0]?.name ?? TYPED);
  const [typed, setTyped] = useState('');
  const address = choice === TYPED ? typed.trim() : choice;
  const urls = addressesOf(address) ?? [];
  const known = knownDatasets.find(({ name }) => name === choice);
  const fetchIt = () => {
    dialog.close();
    attempt(workbench.fetchDataset(address));
  };
  return (
    <>
      <Button
        variant="default"
        disabled={!canLoad}
        leftSection={<CloudDownload size={15} aria-hidden />}
        onClick={dialog.open}
      >
        {t('another')}
      </Button>
      <Modal.Root opened={isOpen} onClose={dialog.close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="md">
            <Stack gap="sm">
              <Modal.Title ff="heading" fz="xl" fw={600}>
                {t('another')}
              </Modal.Title>
              <NativeSelect
                label={t('which')}
                value={choice}
                onChange={(event) => setChoice(event.currentTarget.value)}
                data={[
                  ...knownDatasets.map(({ name }) => ({ value: name, label: name })),
                  { value: TYPED, label: t('typed') },
                ]}
              />
              {choice === TYPED && (
                <Textarea
                  label={t('address')}
                  description={t('addressHint')}
                  placeholder="https://"
                  autosize
                  minRows={2}
                  maxRows={5}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
              )}
              <Text size="sm">{t('leaves')}</Text>
              {urls.map((url) => (
                <Code key={url} block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                  {url}
                </Code>
              ))}
              <Text size="xs" c="dimmed">
                <Sentences
                  all={[known && t('megabytes', { megabytes: known.megabytes }), t('elseDrop')]}
                />
              </Text>
              <Group gap="xs">
                <Button disabled={urls.length === 0} onClick={fetchIt}>
                  {t('fetch')}
                </Button>
                <Button variant="default" onClick={dialog.close}>
                  {t('cancel')}
                </Button>
              </Group>
            </Stack>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
