import * as v from 'valibot';
import { expectedBy } from '../domain/data/schemaIssue.ts';
import { type ErrorParams, type Phrase, WorkbenchError } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';
import type { PhraseCode } from '../util/phraseTexts.ts';
import { quoted } from './text/quoted.ts';

/** Refuses a file, for a reason that is said within the sentence of the refusal. */
export type Refuse = (reason: PhraseCode, params?: ErrorParams) => WorkbenchError;

/** @param code of a sentence with the blanks `file` and `problem` */
export function refusalOf(code: ErrorCode, file: string): Refuse {
  return (reason, params = {}) =>
    new WorkbenchError(code, { file, problem: { code: reason, params } });
}

/**
 * Refuses a value that a schema does not allow, and names its place.
 * @param whole what was held against the schema
 */
export function valueRefusal(
  refuse: Refuse,
  issue: v.BaseIssue<unknown>,
  whole: string | Phrase,
): WorkbenchError {
  const path = v.getDotPath(issue);
  if (path === null) return refuse('value.noObject', { place: whole });
  const place = quoted(typeof whole === 'string' ? `${whole}: ${path}` : path);
  if (issue.received === 'undefined') return refuse('value.missing', { place });
  if (issue.expected === 'never') return refuse('value.unknown', { place });
  const reason = /length$/.test(issue.type) ? 'value.length' : 'value.other';
  return refuse(reason, {
    ...{ place, received: quoted(issue.received), expected: quoted(expectedBy(issue)) },
  });
}
