import * as v from 'valibot';
import { AssumptionSchema } from '../../domain/data/assumptionSchema.ts';
import { type KeptDataset, widthIn } from '../../domain/data/keptDataset.ts';
import { MOST_DRAWING_SIDE } from '../../domain/drawing/drawings.ts';
import type { TuningRecord } from '../../domain/machine/tuning.ts';
import type { StoredDrawing } from '../schema.ts';
import * as f from './fields.ts';
import { ShapeSchema } from './networkSchema.ts';

/** What stands in the stores `datasets`, `drawings` and `tuning`. */

/** So that nothing is allocated which the set's parts do not fill. */
const hasItsBytes = (note: KeptDataset) => widthIn(note) !== undefined;

export const DatasetSchema = f.agreeing(
  f.record<KeptDataset>({
    id: f.text,
    name: f.text,
    source: f.text,
    importedAt: f.finite,
    shape: ShapeSchema,
    classNames: f.listOf(f.text),
    assumptions: f.maybe(f.listOf(AssumptionSchema)),
    hasTypedNames: f.maybe(f.flag),
    trainCount: f.count,
    testCount: f.count,
    validationCount: f.maybe(f.count),
    unlabelledCount: f.count,
    bytes: f.count,
    partHashes: f.listOf(f.text),
    openedAt: f.maybe(f.finite),
    deletedAt: f.maybe(f.finite),
  }),
  'bytes',
  'the bytes of the images',
  hasItsBytes,
);

const side = v.pipe(f.positive, v.maxValue(MOST_DRAWING_SIDE));

export const DrawingSchema = f.agreeing(
  f.record<StoredDrawing>({
    id: f.text,
    createdAt: f.finite,
    className: f.text,
    width: side,
    height: side,
    pixels: f.bytes,
    thumbnail: f.maybe(f.bytes),
    deletedAt: f.maybe(f.finite),
  }),
  'pixels',
  'a byte a pixel',
  ({ width, height, pixels }) => pixels.length === width * height,
);

export const TuningSchema = f.record<TuningRecord>({
  variant: f.text,
  variantMs: v.record(f.text, v.nullable(f.measured)),
});
