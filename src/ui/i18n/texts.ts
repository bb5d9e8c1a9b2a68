/** The sentences of one panel, in every language. English decides which keys there are. */
export interface Texts<English extends Record<string, string>> {
  readonly en: English;
  readonly 'zh-Hant': { readonly [Key in keyof English]: string };
}

/** Checks that both languages have the same keys. */
export function defineTexts<const English extends Record<string, string>>(
  texts: Texts<English>,
): Texts<English> {
  return texts;
}
