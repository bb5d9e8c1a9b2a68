import * as v from 'valibot';
import {
  type ArchitectureChoice,
  normalizations,
  trainableArchitectures,
} from '../../domain/architecture/architecture.ts';
import { AssumptionSchema } from '../../domain/data/assumptionSchema.ts';
import { ClassNameSchema } from '../../domain/data/classNames.ts';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { type Look, LookSchema } from '../../domain/data/look.ts';
import { imageSides } from '../../domain/pictures/imageSides.ts';
import { type Recipe, RecipeSchema, recipeRanges } from '../../domain/recipe/recipe.ts';
import { type Scaling, ScalingSchema } from '../../domain/recipe/scaling.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { refusalOf, valueRefusal } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { fitsTogether, LayersSchema } from './layersSchema.ts';
import { parseSamples, SAMPLES_KEY, type Samples, samplesText } from './samples.ts';

/** Where a model comes from. */
export interface Provenance {
  readonly application: string;
  readonly version: string;
  readonly runName: string;
  readonly datasetName: string;
  /** Which data set it is, whatever it is called; files from before it was noted have none. */
  readonly datasetId?: string;
  /** How many of its images it was trained on; the others validate. */
  readonly trainingImages?: number;
  /** What was taken for granted when it was read; none where nothing was, or in files from before. */
  readonly assumptions?: readonly DatasetAssumption[];
  readonly engine: string;
  /** Steps that it was trained for. */
  readonly step: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Top-1, 0 to 1. */
  readonly validationAccuracy?: number;
}

/** A trained model as files carry it, whatever their format: enough to rebuild, feed and cite it. */
export interface PortableModel {
  readonly architecture: ArchitectureChoice;
  readonly recipe: Recipe;
  readonly scaling: Scaling;
  /** What its training images look like; missing of natural pictures, and in files from before it was noted. */
  readonly look?: Look;
  readonly classNames: readonly string[];
  readonly provenance: Provenance;
  /** Weights, in the order of `weightSpecs`. */
  readonly tensors: readonly NamedTensor[];
  /** Files from before there were any have none, and those of other programs. */
  readonly samples?: Samples;
}

export type PortableMetadata = Omit<PortableModel, 'tensors' | 'samples'>;

/** Where a weights file has what is said here of its model. */
export const METADATA_KEY = 'workbench';
/** Changes when a file of today could no longer be understood. */
const FORMAT_VERSION = 1;

const number = ({ min, max }: { min: number; max: number }) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const whole = (range: { min: number; max: number }) => v.pipe(number(range), v.integer());
/** In UTF-16 units: no name is written or read that is longer. */
export const LONGEST_TEXT = 1000;
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const MAX_CLASSES = 256;

const input = v.strictObject({
  height: whole(imageSides),
  width: whole(imageSides),
  channels: v.picklist([1, 3]),
});
const classes = whole({ min: 2, max: MAX_CLASSES });

const OwnArchitectureSchema = v.strictObject({
  id: v.picklist(trainableArchitectures),
  width: number(recipeRanges.width),
  ...{ input, classes },
  dropout: number(recipeRanges.dropout),
  /** Files from before there was a choice have none: `lrn`. */
  normalization: v.exactOptional(v.picklist(normalizations)),
});

/** A network of another program, which no recipe makes. */
const ImportedArchitectureSchema = v.strictObject({
  id: v.literal('imported'),
  ...{ width: v.literal(1), dropout: v.literal(0), input, classes },
  layers: LayersSchema,
});

const ArchitectureSchema = v.variant('id', [OwnArchitectureSchema, ImportedArchitectureSchema]);

/** More are not written: a set of thousands of files may say something of each. */
export const MOST_ASSUMPTIONS = 100;

const ProvenanceSchema = v.strictObject({
  application: text,
  version: text,
  runName: text,
  datasetName: text,
  datasetId: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  trainingImages: v.exactOptional(whole({ min: 1, max: 2 ** 32 })),
  assumptions: v.exactOptional(v.pipe(v.array(AssumptionSchema), v.maxLength(MOST_ASSUMPTIONS))),
  engine: text,
  step: whole({ min: 0, max: 1e9 }),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  validationAccuracy: v.exactOptional(number({ min: 0, max: 1 })),
});

const MetadataSchema = v.strictObject({
  formatVersion: v.literal(FORMAT_VERSION),
  architecture: ArchitectureSchema,
  recipe: RecipeSchema,
  scaling: ScalingSchema,
  look: v.exactOptional(LookSchema),
  classNames: v.pipe(v.array(ClassNameSchema), v.maxLength(MAX_CLASSES)),
  provenance: ProvenanceSchema,
});

/** What stands in a weights file beside its tensors. */
export function metadataOf(model: PortableModel): PortableMetadata & { formatVersion: number } {
  const { architecture, recipe, scaling, look, classNames, provenance } = model;
  return {
    formatVersion: FORMAT_VERSION,
    ...{ architecture, recipe, scaling, ...(look && { look }), classNames, provenance },
  };
}

/** Checks what a file says of its model; the first thing wrong is named with its place. */
export function parseMetadata(file: string, metadata: unknown): PortableMetadata {
  const refuse = refusalOf('weights.metadata', file);
  if (metadata === undefined) throw refuse('metadata.none', { entry: METADATA_KEY });
  const parsed = v.safeParse(MetadataSchema, metadata);
  if (!parsed.success) throw valueRefusal(refuse, parsed.issues[0], METADATA_KEY);
  const { formatVersion: _, ...rest } = parsed.output;
  if (rest.architecture.classes !== rest.classNames.length) throw refuse('metadata.names');
  if (!isNetworkOf(rest)) throw refuse('metadata.contradiction');
  return rest;
}

/** What a file says of its model in texts of its own, by their names. */
export function textsOf(model: PortableModel): Record<string, string> {
  const { samples } = model;
  return {
    [METADATA_KEY]: JSON.stringify(metadataOf(model)),
    ...(samples && { [SAMPLES_KEY]: samplesText(samples) }),
  };
}

/** The way back: all of the model but its tensors. */
export function parseTexts(
  file: string,
  texts: ReadonlyMap<string, string>,
): Omit<PortableModel, 'tensors'> {
  const refuse = refusalOf('weights.metadata', file);
  const text = texts.get(METADATA_KEY);
  if (text === undefined) throw refuse('metadata.none', { entry: METADATA_KEY });
  const json = parseJson(new TextEncoder().encode(text), METADATA_KEY, refuse);
  const metadata = parseMetadata(file, json);
  const samples = texts.get(SAMPLES_KEY);
  return { ...metadata, ...(samples !== undefined && samplesOf(file, metadata, samples)) };
}

/** What there is of samples beside metadata. */
export function samplesOf(
  file: string,
  { architecture: { input, classes } }: PortableMetadata,
  text: string,
): Pick<PortableModel, 'samples'> {
  return { samples: parseSamples(file, text, input, classes) };
}

/** Whether architecture and recipe speak of the same network. */
function isNetworkOf({ architecture, recipe }: PortableMetadata): boolean {
  if (architecture.id === 'imported') return fitsTogether(architecture);
  return (
    architecture.id === recipe.architecture &&
    architecture.width === recipe.width &&
    architecture.dropout === recipe.dropout &&
    (architecture.normalization ?? 'lrn') === recipe.normalization
  );
}
