import { Anchor, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whose code the page is made of; the build writes both files beside it. */
export function PageFooter() {
  const { t } = useTranslation('footer');
  return (
    <Group component="footer" gap="4px 20px" mt={36}>
      <Anchor size="xs" c="dimmed" underline="always" href="third-party-licences.txt">
        {t('licences')}
      </Anchor>
      <Anchor size="xs" c="dimmed" underline="always" href="sbom.cdx.json">
        {`${t('sbom')} (CycloneDX)`}
      </Anchor>
    </Group>
  );
}
