import { CompiledTrainer } from '../../src/training/compiled/compiledTrainer.ts';
import { Network } from '../../src/training/network.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Setup } from './contestant.ts';

/** The trainer that the app runs on WebGPU, on the network that all contestants train. */
export async function makeOurs({ architecture, images, scaling, recipe, weights }: Setup) {
  const network = new Network(architecture, { seed: recipe.seed, step: 0 });
  network.importWeights(weights);
  const trainer = await CompiledTrainer.create(network, images, scaling, recipe);
  const dispose = () => {
    trainer.dispose();
    network.dispose();
  };
  return { trainer, dispose };
}

const WARM_UP = 300;

/** Driven through the interface that the app drives. */
export async function makeOursStep(setup: Setup): Promise<Contestant> {
  const { trainer, dispose } = await makeOurs(setup);
  // A run of the app has hundreds of steps; the few that are timed here should meet warm code too.
  for (let i = 0; i < WARM_UP; i++) trainer.compiled.encode();
  return {
    name: 'ours',
    step: () => trainer.trainStep(setup.indices(trainer.step), setup.recipe.learningRate),
    async settle() {
      for (const { loss } of await trainer.readMetrics()) {
        assert(Number.isFinite(loss), `our loss is ${loss}`);
      }
    },
    facts: () => ({ 'dispatches a step': trainer.compiled.dispatches.length }),
    dispose,
  };
}
