import { tf } from '../../src/engine/tf.ts';
import { Network } from '../../src/training/network.ts';
import { TapeTrainer } from '../../src/training/tapeTrainer.ts';
import { ThreadedTrainer } from '../../src/training/threaded/threadedTrainer.ts';
import type { Trainer } from '../../src/training/trainer.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Setup } from '../lib/contestant.ts';

/** The trainer that the app runs on processors. */
export async function makeOursStep(setup: Setup, threads: number): Promise<Contestant> {
  const { architecture, recipe, images, scaling, weights } = setup;
  const network = new Network(architecture, { seed: recipe.seed, step: 0 });
  const trainer = await ThreadedTrainer.create(network, images, scaling, recipe, threads);
  trainer.importState(weights, 0);
  return {
    ...trainerContestant(setup, trainer, network),
    name: 'ours',
    facts: () => ({ 'MB of memory': Math.round(trainer.memoryBytes / 1e6) }),
  };
}

/** The trainer that it ran before, on tfjs's gradient tape and wasm backend with kernels of ours. */
export async function makeTapeStep(setup: Setup): Promise<Contestant> {
  const { architecture, recipe, images, scaling, weights } = setup;
  const network = new Network(architecture, { seed: recipe.seed, step: 0 });
  const trainer = new TapeTrainer(network, images, scaling, recipe);
  trainer.importState(weights, 0);
  return {
    ...trainerContestant(setup, trainer, network),
    name: `our tape on tfjs-wasm ${tf.version_core}`,
    note: 'one thread; tfjs with our kernels in the place of its own, or where it has none',
  };
}

function trainerContestant(setup: Setup, trainer: Trainer, network: Network) {
  return {
    step: () => trainer.trainStep(setup.indices(trainer.step), setup.recipe.learningRate),
    async settle() {
      for (const { loss } of await trainer.readMetrics()) {
        assert(Number.isFinite(loss), `our loss is ${loss}`);
      }
    },
    dispose() {
      trainer.dispose();
      network.dispose();
    },
  };
}
