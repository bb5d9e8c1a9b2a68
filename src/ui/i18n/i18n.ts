import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { resources } from './resources.ts';

export const languages = { en: 'English', 'zh-Hant': '繁體中文' } as const;
export type Language = keyof typeof languages;

/** The language that the address asks for, or the browser prefers, or English. */
export function preferredLanguage(asked: string | null, browser: readonly string[]): Language {
  if (asked === 'en' || asked === 'zh-Hant') return asked;
  const first = browser.find((tag) => /^(en|zh)/i.test(tag)) ?? 'en';
  return /^zh/i.test(first) ? 'zh-Hant' : 'en';
}

export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources,
    interpolation: { escapeValue: false }, // React escapes
  });
  document.documentElement.lang = language;
  i18next.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
  });
}

/** Calls back with each language that the user chooses; gives the way to end that. */
export function chosenLanguages(react: (language: string) => void): () => void {
  i18next.on('languageChanged', react);
  return () => i18next.off('languageChanged', react);
}
