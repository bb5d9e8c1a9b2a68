import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n/i18n.ts';

/** The language of the page, for the formatters. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-Hant' ? 'zh-Hant' : 'en';
}
