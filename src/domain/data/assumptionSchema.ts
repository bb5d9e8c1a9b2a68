import * as v from 'valibot';
import type { DatasetAssumption } from './datasetAssumption.ts';

/** What was assumed of a set, as records and files have it. A kind that a later version knows is of no harm. */
export const AssumptionSchema = v.objectWithRest(
  { kind: v.string() },
  v.union([v.string(), v.pipe(v.number(), v.finite())]),
) as unknown as v.GenericSchema<DatasetAssumption>;
