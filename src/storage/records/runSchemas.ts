import * as v from 'valibot';
import { variantIds } from '../../domain/ablation/ablation.ts';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import { AssumptionSchema } from '../../domain/data/assumptionSchema.ts';
import { LookSchema } from '../../domain/data/look.ts';
import type { DrawnFigures } from '../../domain/drawing/drawings.ts';
import type { PackedHistory } from '../../domain/metrics/history.ts';
import type { KeptEvaluation, Mistake } from '../../domain/metrics/keptEvaluation.ts';
import type { History, TrainingPoint, ValidationPoint } from '../../domain/metrics/metrics.ts';
import { areBitsOf } from '../../domain/metrics/rightBits.ts';
import { scalingKinds } from '../../domain/recipe/recipe.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import type { LengthChange, RateChange } from '../../domain/recipe/schedule.ts';
import type {
  BestValidation,
  ExperimentMark,
  RunFacts,
  RunStatus,
  TestFigure,
} from '../../domain/runs/run.ts';
import type { TensorEntry } from '../chunks.ts';
import type { Commit, RunNote } from '../schema.ts';
import * as f from './fields.ts';
import { ArchitectureSchema, ShapeSchema, StoredRecipeSchema } from './networkSchema.ts';

/** What a run has in the stores `runs` and `commits`. */

const FLOAT_BYTES = 4;

/** Of commits until version 4 of the database. */
export const HistorySchema = f.record<History>({
  training: f.points<TrainingPoint>('step', 'loss', 'accuracy'),
  validation: f.points<ValidationPoint>('step', 'loss', 'accuracy', 'images'),
});

const ValidationSchema = f.record<ValidationPoint>({
  step: f.count,
  loss: f.measured,
  accuracy: f.measured,
  images: f.count,
});

/** A block of the curves of a run, a typed array a field. */
export const CurvesSchema = f.record<PackedHistory>({
  training: f.columns<TrainingPoint>('step', 'loss', 'accuracy'),
  validation: f.columns<ValidationPoint>('step', 'loss', 'accuracy', 'images'),
});

const TestSchema = f.record<TestFigure>({
  step: f.count,
  accuracy: f.measured,
  images: f.maybe(f.count),
  datasetName: f.text,
  datasetId: f.maybe(f.text),
});

const DrawnSchema = f.record<DrawnFigures>({
  step: f.count,
  right: f.count,
  total: f.count,
  trainedOn: f.maybe(f.count),
});

const BestSchema = f.record<BestValidation>({
  step: f.count,
  loss: f.measured,
  accuracy: f.measured,
});

/** Of ablations that took the recipe apart otherwise: a run of such a one is read as a run by itself. */
const formerVariants: readonly string[] = ['augmentation', 'labelSmoothing', 'normalization'];

const ExperimentSchema: f.Schema<ExperimentMark | undefined> = v.pipe(
  f.record<Omit<ExperimentMark, 'variant'> & { readonly variant: string }>({
    id: f.text,
    variant: v.picklist([...variantIds, ...formerVariants]),
    trainingImages: f.maybe(f.count),
  }),
  v.transform((mark) =>
    formerVariants.includes(mark.variant) ? undefined : (mark as ExperimentMark),
  ),
);

const RunFactsSchema = f.record<RunFacts>({
  id: f.text,
  name: f.text,
  status: f.oneOf<RunStatus>({ training: 0, paused: 0, stopped: 0, finished: 0, imported: 0 }),
  createdAt: f.finite,
  updatedAt: f.finite,
  recipe: StoredRecipeSchema,
  architecture: ArchitectureSchema,
  scaling: f.record<Scaling>({
    kind: v.picklist(scalingKinds),
    offset: f.finite,
    factor: f.finite,
  }),
  datasetName: f.text,
  datasetId: f.maybe(f.text),
  assumptions: f.maybe(f.listOf(AssumptionSchema)),
  scalingImages: f.maybe(f.count),
  look: f.maybe(LookSchema),
  classNames: f.listOf(f.text),
  engine: f.text,
  step: f.count,
  trainingMs: f.finite,
  test: f.maybe(TestSchema),
  drawnScore: f.maybe(DrawnSchema),
  tunedOn: f.maybe(f.listOf(f.text)),
  mixedWith: f.maybe(f.listOf(f.text)),
  best: f.maybe(BestSchema),
  experiment: f.maybe(ExperimentSchema),
  rateChanges: f.maybe(f.points<RateChange>('step', 'learningRate')),
  lengthChanges: f.maybe(f.points<LengthChange>('step', 'steps')),
});

const TensorSchema = f.record<TensorEntry>({
  name: f.text,
  shape: f.listOf(f.positive),
  byteOffset: f.count,
});

/** So that nothing is allocated which a checkpoint does not have. */
function hasItsBytes({ tensors, bytes }: Commit): boolean {
  return tensors.reduce((sum, { shape }) => sum + FLOAT_BYTES * sizeOf(shape), 0) === bytes;
}

const WholeCommitSchema = f.agreeing(
  f.record<Commit>({
    runId: f.text,
    generation: f.positive,
    lineage: f.maybe(f.text),
    revision: f.maybe(f.count),
    record: RunFactsSchema,
    curveBlocks: f.count,
    lastValidation: f.maybe(ValidationSchema),
    tensors: f.listOf(TensorSchema),
    chunkHashes: f.listOf(f.text),
    bytes: f.count,
  }),
  'bytes',
  'the bytes of the tensors',
  hasItsBytes,
);

export const CommitSchema = f.agreeing(
  WholeCommitSchema,
  'record',
  'the run of the commit',
  ({ runId, record }) => record.id === runId,
);

const MistakeSchema = f.record<Mistake>({
  index: f.count,
  truth: f.count,
  predicted: f.count,
  confidence: f.measured,
  pixels: f.bytes,
});

const pixelsOf = ({ height, width, channels }: ImageShape) => height * width * channels;

const WholeEvaluationSchema = f.agreeing(
  f.record<KeptEvaluation>({
    step: f.count,
    datasetName: f.text,
    datasetId: f.maybe(f.text),
    loss: f.measured,
    accuracy: f.measured,
    images: f.count,
    shape: ShapeSchema,
    classNames: f.listOf(f.text),
    mistakes: f.listOf(MistakeSchema),
    right: f.maybe(f.bytes),
  }),
  'mistakes',
  'a byte a pixel',
  ({ mistakes, shape }) => mistakes.every(({ pixels }) => pixels.length === pixelsOf(shape)),
);

const EvaluationSchema = f.agreeing(
  WholeEvaluationSchema,
  'right',
  'a bit an image',
  ({ right, images }) => right === undefined || areBitsOf(right, images),
);

export const RunNoteSchema = f.record<RunNote>({
  id: f.text,
  name: f.text,
  openedAt: f.finite,
  test: f.maybe(TestSchema),
  drawnScore: f.maybe(DrawnSchema),
  evaluation: f.maybe(EvaluationSchema),
  deletedAt: f.maybe(f.finite),
});
