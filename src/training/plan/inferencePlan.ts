import type { Architecture } from '../../domain/architecture/architecture.ts';
import type { Values } from '../../domain/architecture/operation.ts';
import { isTrainable } from '../../domain/architecture/weight.ts';
import { forward, type PlacedNetwork, placedNetwork } from './layers.ts';
import type { Plan, Planned } from './plan.ts';
import { keptOf } from './values.ts';

/**
 * From images to logits, with nothing dropped, and normalised by the moving statistics; with the
 * averages in the place of the weights, where a run keeps them.
 */
export function planInference(architecture: Architecture, batch: number, averages: boolean): Plan {
  const network = placedNetwork(architecture, batch, false);
  return {
    operations: withAverages(forward(network), network, averages),
    results: [network.logits],
  };
}

/** The operations with the averages of the weights in their places, if there are `averages`. */
export function withAverages(
  operations: readonly Planned[],
  { layers }: PlacedNetwork,
  averages: boolean,
): readonly Planned[] {
  if (!averages) return operations;
  const trained = layers.flatMap(({ weights }) => weights.filter(isTrainable));
  const averageOf = new Map(trained.map((weight) => [weight.name, keptOf(weight).a]));
  return operations.map(
    (operation): Planned => ({
      ...operation,
      reads: Object.fromEntries(
        Object.entries(operation.reads as Values).map(([operand, value]) => [
          operand,
          averageOf.get(value.name) ?? value,
        ]),
      ),
    }),
  );
}
