import type { Architecture } from '../../domain/architecture/architecture.ts';
import { gradientOf, type Value } from '../../domain/architecture/operation.ts';
import { assert } from '../../util/assert.ts';
import { withAverages } from './inferencePlan.ts';
import { backward, forward, type PlacedNetwork, placedNetwork } from './layers.ts';
import type { Plan } from './plan.ts';
import { names } from './values.ts';

/** What is to be read of a network beside its logits, by the names of layers; `images` is its input. */
export interface Sights {
  readonly activations: readonly string[];
  /** With respect to what the gradients are. */
  readonly gradients: readonly string[];
}

/** All that there is to see; the gradient of the logits, with which it begins, is given. */
export function everySight({ layers }: Architecture): Sights {
  const activations = layers.map(({ name }) => name);
  return { activations, gradients: [names.images, ...activations.slice(0, -1)] };
}

/** The value that whoever wants gradients fills: how much each logit counts. */
export const seedName = ({ layers }: Architecture): string => `d ${layers.at(-1)?.name}`;

/**
 * From images to logits as in inference, and back from the gradient of the logits, which is given, to
 * those that are wanted. The results are the logits, the activations and the gradients, in this order.
 */
export function planInspection(
  architecture: Architecture,
  batch: number,
  averages: boolean,
  { activations, gradients }: Sights,
): Plan {
  const network = placedNetwork(architecture, batch, false);
  const seen = activations.map((name) => outputOf(network, name));
  const back = gradients.map((name) => gradientOf(outputOf(network, name)));
  const operations = [
    ...forward(network),
    ...(back.length > 0 ? [...network.layers].reverse().flatMap(backward) : []),
  ];
  return {
    operations: withAverages(operations, network, averages),
    results: [network.logits, ...seen, ...back],
  };
}

function outputOf({ layers }: PlacedNetwork, name: string): Value {
  const value =
    name === names.images ? layers[0]?.x : layers.find(({ layer }) => layer.name === name)?.y;
  assert(value, `the network has a layer ${name}`);
  return value;
}
