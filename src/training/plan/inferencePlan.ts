import type { Values } from '../../domain/architecture/operation.ts';
import { isTrainable } from '../../domain/architecture/weight.ts';
import type { Architecture } from '../../domain/architecture.ts';
import { forward, placedNetwork } from './layers.ts';
import type { Plan, Planned } from './plan.ts';
import { keptOf } from './values.ts';

/**
 * From images to logits, with nothing dropped, and normalised by the moving statistics; with the
 * averages in the place of the weights, where a run keeps them.
 */
export function planInference(architecture: Architecture, batch: number, averages: boolean): Plan {
  const network = placedNetwork(architecture, batch, false);
  const operations = forward(network);
  if (!averages) return { operations, results: [network.logits] };
  const trained = network.layers.flatMap(({ weights }) => weights.filter(isTrainable));
  const averageOf = new Map(trained.map((weight) => [weight.name, keptOf(weight).a]));
  return {
    operations: operations.map(
      (operation): Planned => ({
        ...operation,
        reads: Object.fromEntries(
          Object.entries(operation.reads as Values).map(([operand, value]) => [
            operand,
            averageOf.get(value.name) ?? value,
          ]),
        ),
      }),
    ),
    results: [network.logits],
  };
}
