import type * as v from 'valibot';

/** What a schema wants in the place of what it refuses: `>=1`, `"lenet5"`, `integer`. */
export function expectedBy({ expected, type, message }: v.BaseIssue<unknown>): string {
  if (expected !== null) return expected;
  // A check of ours has words of its own; what valibot has none for goes by its name.
  return type === 'check' ? message : type.replaceAll('_', ' ');
}
