import * as v from 'valibot';
import { expectedBy } from '../../domain/data/schemaIssue.ts';

/** Where in a message something is wrong, what stands there, and what should. */
export interface Complaint extends Record<string, string> {
  readonly path: string;
  readonly value: string;
  readonly expected: string;
}

/** Values come from anywhere, and a sentence has room for this much of them. */
const LONGEST = 80;

/** @param whole what the path begins with, as `arguments` in `arguments.0.width` */
export function complaintOf(issue: v.BaseIssue<unknown>, whole: string): Complaint {
  return {
    path: shortened([whole, v.getDotPath(issue)].filter(Boolean).join('.')),
    value: shortened(issue.received),
    expected: shortened(expectedBy(issue)),
  };
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
