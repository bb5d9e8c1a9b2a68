import { expect } from 'vitest';
import { errorsZhHant } from '../../ui/i18n/errorsZhHant.ts';
import { phrasesZhHant } from '../../ui/i18n/phrasesZhHant.ts';
import { type ErrorParams, fillIn } from '../errors.ts';
import { type ErrorCode, errorTexts } from '../errorTexts.ts';
import { phraseTexts } from '../phraseTexts.ts';
import { refusalIn } from './refusalIn.ts';

/** What a sentence is made of: an error, or a notice. */
interface Said {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** Holds what is said against both languages: every blank is filled, and the Chinese one is Chinese. */
export function expectBothLanguages({ code, params }: Said, named = ''): void {
  const english = fillIn(errorTexts[code], params, phraseTexts);
  const chinese = fillIn(errorsZhHant[code], params, phrasesZhHant);
  for (const sentence of [english, chinese]) {
    expect(sentence).toContain(named);
    expect(sentence).not.toMatch(/\{\{|\}\}|undefined|NaN|\[object/);
  }
  expect(english).toMatch(/[.]$/);
  expect(chinese).toMatch(/\p{Script=Han}.*。$/u);
  // Types and names stay as they are, but no clause is left in English.
  expect(chinese).not.toMatch(/\b(the|is|are|has|was|were|not|it|its)\b/);
}

/** Holds what `run` is refused with against both languages; `words` are those of the English one. */
export function expectRefusal(run: () => unknown, ...words: readonly string[]): void {
  const error = refusalIn(run);
  for (const part of words) expect(error.message).toContain(part);
  expectBothLanguages(error);
}
