import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EngineStatus } from './EngineStatus.tsx';
import classes from './Header.module.css';
import { PageControls } from './PageControls.tsx';
import { SectionLinks } from './SectionLinks.tsx';

/** What this page is, what it runs on, and how it looks. */
export function Header() {
  const { t } = useTranslation('header');
  return (
    <>
      <header className={classes.header}>
        <Title order={1} lang="en">
          {t('name')}
        </Title>
        <PageControls />
        <Text size="sm" c="dimmed">
          {t('about')}
        </Text>
        <EngineStatus />
      </header>
      <SectionLinks />
    </>
  );
}
