import { expect } from 'vitest';
import { errorsZhHant } from '../../ui/i18n/errorsZhHant.ts';
import { type ErrorParams, fillIn } from '../errors.ts';
import { type ErrorCode, errorTexts } from '../errorTexts.ts';

/** What a sentence is made of: an error, or a notice. */
interface Said {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** Holds what is said against both languages: every blank is filled, and the Chinese one is Chinese. */
export function expectBothLanguages({ code, params }: Said, named = ''): void {
  for (const texts of [errorTexts, errorsZhHant]) {
    const sentence = fillIn(texts[code], params);
    expect(sentence).toContain(named);
    expect(sentence).not.toMatch(/\{\{|\}\}|undefined|NaN|\[object/);
  }
  expect(fillIn(errorTexts[code], params)).toMatch(/[.]$/);
  expect(fillIn(errorsZhHant[code], params)).toMatch(/\p{Script=Han}.*。$/u);
}
