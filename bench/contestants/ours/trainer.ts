import { evaluate } from '../../../src/training/evaluate.ts';
import { makeTrainer } from '../../../src/training/makeTrainer.ts';
import { Network } from '../../../src/training/network.ts';
import type { Trainer } from '../../../src/training/trainer.ts';
import { assert } from '../../../src/util/assert.ts';
import { validationIndices, type Work } from '../../work/work.ts';
import type { Runner } from '../contestant.ts';

/** What this folder needs of the app's trainers; nothing else in bench/ knows them. */

const VALIDATION_BATCH = 200;

/** The trainer that the app would make on the engine that has started. */
export async function openTrainer(
  { manifest, images, weights }: Work,
  options: { readonly threads?: number; readonly tune?: boolean } = {},
) {
  const network = new Network(manifest.architecture, weights);
  const given = [network, images, manifest.scaling, manifest.recipe] as const;
  const trainer = await makeTrainer(...given, options);
  return { network, trainer };
}

/** Drives a trainer through the interface that the app drives. */
export function runnerOf(work: Work, network: Network, trainer: Trainer): Runner {
  const { manifest, images } = work;
  return {
    async run(times) {
      let loss: number | undefined;
      const read = async () => {
        for (const point of await trainer.readMetrics()) {
          assert(Number.isFinite(point.loss), `our loss is ${point.loss}`);
          loss = point.loss;
        }
      };
      for (let i = 1; i <= times; i++) {
        trainer.trainStep(work.indices(trainer.step), manifest.recipe.learningRate);
        if (i % trainer.mostUnread === 0) await read();
      }
      await read();
      return loss;
    },
    async validate() {
      const indices = validationIndices(work);
      const options = { split: 'validation', indices, batchSize: VALIDATION_BATCH } as const;
      const { accuracy } = await evaluate(network, images, manifest.scaling, options);
      return Math.round(accuracy * indices.length);
    },
    dispose() {
      trainer.dispose();
      network.dispose();
    },
  };
}
