import { Button, SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { BookOpen, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { VocabularyDrawer } from '../../components/VocabularyDrawer.tsx';
import type { Language } from '../../i18n/i18n.ts';
import classes from './Header.module.css';

const schemes = { light: Sun, dark: Moon, auto: Monitor } as const;

/** How the page looks and speaks, and what its words mean. */
export function PageControls() {
  const { t, i18n } = useTranslation('header');
  const language = useLanguage();
  const attempt = useAttempt();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, { open, close }] = useDisclosure(false);
  const changeLanguage = (chosen: Language) => attempt(i18n.changeLanguage(chosen));
  return (
    <div className={classes.controls}>
      <Button variant="subtle" leftSection={<BookOpen size={15} aria-hidden />} onClick={open}>
        {t('vocabulary')}
      </Button>
      <VocabularyDrawer opened={opened} onClose={close} />
      <SegmentedControl<Language>
        size="xs"
        aria-label={t('language')}
        value={language}
        onChange={changeLanguage}
        data={[
          { value: 'en', label: <span lang="en">English</span> },
          { value: 'zh-Hant', label: <span lang="zh-Hant">中文</span> },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('scheme')}
        value={colorScheme}
        onChange={setColorScheme}
        data={(['light', 'dark', 'auto'] as const).map((value) => {
          const Icon = schemes[value];
          return {
            value,
            label: (
              <span className={classes.icon} title={t(`scheme.${value}`)}>
                <Icon size={15} aria-hidden />
                <VisuallyHidden>{t(`scheme.${value}`)}</VisuallyHidden>
              </span>
            ),
          };
        })}
      />
    </div>
  );
}
