import * as v from 'valibot';
import type {
  Activation,
  Architecture,
  ArchitectureId,
  ImageShape,
  Layer,
} from '../../domain/architecture/architecture.ts';
import { type Recipe, RecipeSchema } from '../../domain/recipe/recipe.ts';
import { exactly, finite, listOf, oneOf, positive, type Schema, text } from './fields.ts';

/** Recipes and networks as they are stored: a field that is not known here would make another network. */

export const ShapeSchema = exactly<ImageShape>({
  height: positive,
  width: positive,
  channels: positive,
});

const activation = oneOf<Activation>({ linear: 0, relu: 0, tanh: 0 });
const padding = v.union([v.picklist(['same', 'valid']), finite]);
const window = { name: text, poolSize: positive, stride: positive, padding };

const LayerSchema: Schema<Layer> = v.variant('kind', [
  v.strictObject({
    ...{ kind: v.literal('conv2d'), name: text, filters: positive, kernelSize: positive },
    ...{ stride: positive, padding, groups: positive, activation },
  }),
  v.strictObject({
    ...{ kind: v.literal('lrn'), name: text, depthRadius: finite },
    ...{ bias: finite, alpha: finite, beta: finite },
  }),
  v.strictObject({ kind: v.literal('batchNorm'), name: text, momentum: finite, epsilon: finite }),
  v.strictObject({ kind: v.literal('maxPool'), ...window }),
  v.strictObject({ kind: v.literal('avgPool'), ...window }),
  v.strictObject({ kind: v.literal('globalAveragePool'), name: text }),
  v.strictObject({ kind: v.literal('flatten'), name: text }),
  v.strictObject({ kind: v.literal('dropout'), name: text, rate: finite }),
  v.strictObject({ kind: v.literal('dense'), name: text, units: positive, activation }),
]);

export const ArchitectureSchema = exactly<Architecture>({
  id: oneOf<ArchitectureId>({
    ...{ alexnet: 0, 'alexnet-towers': 0, allconv: 0, lenet5: 0 },
    ...{ 'alexnet-original': 0, imported: 0 },
  }),
  input: ShapeSchema,
  classes: positive,
  layers: listOf(LayerSchema),
});

/** A control's range may change; a run that was trained with another one stays what it is. */
function withoutRange(schema: v.GenericSchema): v.GenericSchema {
  if (schema.type === 'exact_optional') {
    const { wrapped, default: usual } = schema as v.ExactOptionalSchema<v.GenericSchema, unknown>;
    return v.exactOptional(withoutRange(wrapped), usual);
  }
  return schema.type === 'number' ? finite : schema;
}

export const StoredRecipeSchema = v.strictObject(
  Object.fromEntries(
    Object.entries(RecipeSchema.entries).map(([key, schema]) => [key, withoutRange(schema)]),
  ),
) as unknown as Schema<Recipe>;
