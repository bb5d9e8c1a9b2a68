import { networkText } from '../measures/stepText.mjs';
import { agreementText } from '../stats/agreement.mjs';
import { digits, digitsOr, range, table } from '../stats/markdown.mjs';
import { provenanceText } from '../stats/provenance.mjs';

/** @typedef {import('../measures/race.mjs').Race & { provenance: import('../stats/provenance.mjs').Provenance }} StepRecord */

/** What README says of a race: who is how fast, and nothing that needs explaining. @param {StepRecord} record */
export function summaryOf({ steps, spec, agreement, provenance }) {
  const head = [
    `a training step, ${networkText(spec)}, batch ${spec.batch}`,
    ...['ms', 'fastest to slowest', 'images/s', 'time / ours'],
  ];
  const rows = steps.map(({ title, ms, imagesPerSecond, ratioToOurs }) => [
    ...[title, digits(ms.median), range(ms), digits(imagesPerSecond), digitsOr(ratioToOurs)],
  ]);
  return [table(head, rows), agreementText(agreement), provenanceText(provenance)].join('\n\n');
}
