import type { LabelledImages } from '../../src/domain/dataset.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { Scaling } from '../../src/domain/scaling.ts';
import { Network } from '../../src/training/network.ts';
import type { Trainer } from '../../src/training/trainer.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Setup } from './contestant.ts';

/** What the module of the compiled trainer exports, as far as this file uses it. */
interface CompiledTrainerModule {
  readonly CompiledTrainer: {
    create(
      network: Network,
      images: LabelledImages,
      scaling: Scaling,
      recipe: Recipe,
    ): Promise<Trainer & { readonly compiled: { readonly dispatches: readonly unknown[] } }>;
  };
}

/** Empty where a checkout has no compiled trainer; then `ours` sits the benchmark out. */
const modules = import.meta.glob<CompiledTrainerModule>(
  '../../src/training/compiled/compiledTrainer.ts',
);
const [loadCompiledTrainer] = Object.values(modules);

export const oursIsHere = loadCompiledTrainer !== undefined;

/** The trainer that the app runs on WebGPU, driven through the interface that the app drives. */
export async function makeOursStep(setup: Setup): Promise<Contestant> {
  assert(loadCompiledTrainer, 'there is a compiled trainer');
  const { CompiledTrainer } = await loadCompiledTrainer();
  const { architecture, images, scaling, recipe } = setup;
  const network = new Network(architecture, { seed: recipe.seed, step: 0 });
  network.importWeights(setup.weights);
  const trainer = await CompiledTrainer.create(network, images, scaling, recipe);
  return {
    name: 'ours',
    step: () => trainer.trainStep(setup.indices(trainer.step)),
    async settle() {
      for (const { loss } of await trainer.readMetrics()) {
        assert(Number.isFinite(loss), `our loss is ${loss}`);
      }
    },
    facts: () => ({ 'dispatches a step': trainer.compiled.dispatches.length }),
    dispose() {
      trainer.dispose();
      network.dispose();
    },
  };
}
