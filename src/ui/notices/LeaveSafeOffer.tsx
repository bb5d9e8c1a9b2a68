import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a safe start leaves out, and the way back to a usual one. */
export function LeaveSafeOffer({ children }: { readonly children: string }) {
  const { t } = useTranslation('notices');
  return (
    <>
      <Text inherit>{children}</Text>
      <Group mt="xs">
        <Button
          component="a"
          href={usualAddress()}
          // The address has followed the recipe meanwhile.
          onClick={({ currentTarget }) => {
            currentTarget.href = usualAddress();
          }}
          size="compact-sm"
          variant="light"
        >
          {t('leaveSafe')}
        </Button>
      </Group>
    </>
  );
}

function usualAddress(): string {
  const usual = new URL(location.href);
  usual.searchParams.delete('safe');
  return usual.href;
}
