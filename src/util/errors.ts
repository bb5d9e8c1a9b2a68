import { type ErrorCode, errorTexts } from './errorTexts.ts';

export type ErrorParams = Readonly<Record<string, string | number>>;

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

/** Replaces each `{{name}}` of a text by the parameter of that name. */
export function fillIn(text: string, params: ErrorParams): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : placeholder,
  );
}
