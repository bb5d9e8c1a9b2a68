import { type ErrorCode, errorTexts } from './errorTexts.ts';
import { type PhraseCode, phraseTexts } from './phraseTexts.ts';

export type ErrorParams = Readonly<Record<string, string | number | Phrase>>;

/** A clause within a sentence, said in the language of the sentence: what is wrong, or where. */
export interface Phrase {
  readonly code: PhraseCode;
  readonly params?: ErrorParams;
}

/**
 * An expected failure that the user can act on: a refused file, a missing adapter, a full disk.
 *
 * `code` and `params` let the page say the same sentence in the user's language; `message` is the
 * English one. Broken invariants of our own code are plain `Error`s from `assert`.
 */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(fillIn(errorTexts[code], params));
  }
}

/** Replaces each `{{name}}` of a text by the parameter of that name, phrases in the words of `phrases`. */
export function fillIn(
  text: string,
  params: ErrorParams,
  phrases: Readonly<Record<PhraseCode, string>> = phraseTexts,
): string {
  const said = (value: string | number | Phrase | undefined) =>
    typeof value === 'object'
      ? fillIn(phrases[value.code], value.params ?? {}, phrases)
      : String(value);
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? said(params[name]) : placeholder,
  );
}
