import { CloseButton, Drawer, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { vocabularyWords } from './vocabularyTexts.ts';

interface VocabularyDrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/**
 * All the words of the field that the page uses, in one place. Put together by hand, because
 * Mantine's own drawer brings a second `header` to the page.
 */
export function VocabularyDrawer({ opened, onClose }: VocabularyDrawerProps) {
  const { t } = useTranslation('vocabulary');
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="sm">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body p="md">
          <Group justify="space-between" mb="md">
            <Drawer.Title ff="heading" fz="xl" fw={600}>
              {t('title')}
            </Drawer.Title>
            <CloseButton aria-label={t('close')} onClick={onClose} />
          </Group>
          <dl style={{ margin: 0 }}>
            {vocabularyWords.map((word) => (
              <div key={word} style={{ marginBottom: 14 }}>
                <Text component="dt" fw={600}>
                  {t(word)}
                </Text>
                <Text component="dd" size="sm" c="dimmed" m={0}>
                  {t(`${word}.meaning`)}
                </Text>
              </div>
            ))}
          </dl>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
