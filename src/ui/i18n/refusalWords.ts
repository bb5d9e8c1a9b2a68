import type { TFunction } from 'i18next';
import type { ErrorParams, Phrase } from '../../util/errors.ts';

/** A refusal in the language of `t`, which knows the namespaces `errors` and `phrases`. */
export function refusalWords(code: string, params: ErrorParams, t: TFunction): string {
  return t(code, { ns: 'errors', ...wordsOf(params, t) });
}

/** Parameters, with the phrases among them said. */
function wordsOf(params: ErrorParams, t: TFunction): Record<string, string | number> {
  const entries = Object.entries(params).map(([name, value]) => {
    if (typeof value !== 'object') return [name, value] as const;
    return [name, t(value.code, { ns: 'phrases', ...wordsOf(value.params ?? {}, t) })] as const;
  });
  return Object.fromEntries(entries);
}

/** A clause by itself in the language of `t`, which knows the namespace `phrases`. */
export function phraseWords({ code, params = {} }: Phrase, t: TFunction): string {
  return t(code, { ns: 'phrases', ...wordsOf(params, t) });
}
