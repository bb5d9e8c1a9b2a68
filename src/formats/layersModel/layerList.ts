import * as v from 'valibot';
import { Misfit } from '../exchange/networkBuilder.ts';

/** A layer of another program's model, as its JSON has it. */
export interface ForeignLayer {
  readonly kind: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const MOST_LAYERS = 1000;
const MOST_WITHIN = 8;

const LayerSchema = v.object({
  class_name: v.string(),
  name: v.optional(v.string()),
  config: v.union([v.record(v.string(), v.unknown()), v.array(v.unknown())]),
  inbound_nodes: v.optional(v.unknown()),
});
type LayerJson = v.InferOutput<typeof LayerSchema>;

/** What a model of layers is called, whoever wrote it. */
const models: readonly string[] = ['Sequential', 'Functional', 'Model'];

/**
 * The layers of a model in the order in which each takes what the last gives: a Sequential one, or one with
 * inputs and outputs that is a chain nevertheless; models within it are taken apart.
 * @param topology of tfjs, or with the model under `model_config`, as Keras's converter writes it
 */
export function layerList(topology: unknown): ForeignLayer[] {
  const wrapped = v.safeParse(v.object({ model_config: v.unknown() }), topology);
  const model = v.safeParse(LayerSchema, wrapped.success ? wrapped.output.model_config : topology);
  if (!model.success || !models.includes(model.output.class_name)) {
    throw new Misfit('layers.noModel');
  }
  const layers: ForeignLayer[] = [];
  take(model.output, layers, 0);
  return layers;
}

function take(model: LayerJson, into: ForeignLayer[], depth: number): void {
  if (depth > MOST_WITHIN) throw new Misfit('layers.noModel');
  let before: string | undefined;
  for (const layer of within(model)) {
    const { class_name: kind, config } = layer;
    const own = Array.isArray(config) ? undefined : config.name;
    const name = layer.name ?? (typeof own === 'string' ? own : kind);
    const sources = sourcesOf(layer.inbound_nodes);
    const other = sources.find((source) => source !== before);
    if (other !== undefined || sources.length > 1) {
      throw new Misfit('layers.branch', { layer: name, source: other ?? sources.join(', ') });
    }
    before = name;
    if (models.includes(kind)) take(layer, into, depth + 1);
    else if (!Array.isArray(config)) into.push({ kind, name, config });
    if (into.length > MOST_LAYERS) throw new Misfit('layers.many', { most: MOST_LAYERS });
  }
}

function within({ config }: LayerJson): LayerJson[] {
  const layers = Array.isArray(config) ? config : config.layers;
  const parsed = v.safeParse(v.array(LayerSchema), layers);
  if (!parsed.success || parsed.output.length === 0) throw new Misfit('layers.noModel');
  return parsed.output;
}

/** The layers that one reads from: `[[["conv", 0, 0, {}]]]`, or of Keras 3 a tensor's `keras_history`. */
function sourcesOf(nodes: unknown): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      const [name, node] = value;
      if (typeof name === 'string' && typeof node === 'number') found.push(name);
      else for (const one of value) walk(one);
    } else if (typeof value === 'object' && value !== null) {
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(nodes);
  return found;
}
