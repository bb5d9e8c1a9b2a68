import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a safe start leaves out, and the way back to a usual one. */
export function LeaveSafeOffer({ children }: { readonly children: string }) {
  const { t } = useTranslation('notices');
  const usual = new URL(location.href);
  usual.searchParams.delete('safe');
  return (
    <>
      <Text inherit>{children}</Text>
      <Group mt="xs">
        <Button component="a" href={usual.href} size="compact-sm" variant="light">
          {t('leaveSafe')}
        </Button>
      </Group>
    </>
  );
}
