import type { Language } from '../../i18n/i18n.ts';

/** Puts the language into the address, so that a reload and a link keep it. */
export function rememberLanguage(language: Language): void {
  const address = new URL(location.href);
  address.searchParams.set('lang', language);
  history.replaceState(history.state, '', address);
}
