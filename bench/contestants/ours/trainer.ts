import { engineInUse } from '../../../src/engine/engines.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { inspect } from '../../../src/training/inspect.ts';
import { makeTrainer } from '../../../src/training/makeTrainer.ts';
import { Network } from '../../../src/training/network.ts';
import { pauseAfterLook } from '../../../src/training/pauseAfterLook.ts';
import type { Trainer } from '../../../src/training/trainer.ts';
import { yieldToMessages } from '../../../src/training/yieldToMessages.ts';
import { assert } from '../../../src/util/assert.ts';
import { validationIndices, type Work } from '../../work/work.ts';
import type { Runner } from '../contestant.ts';

/** What this folder needs of the app's trainers; nothing else in bench/ knows them. */

const VALIDATION_BATCH = 200;
/** Steps between two readings of their figures; the app has as many as fit into a tenth of a second. */
const READ_INTERVAL = 4;

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
    async live(times, looking) {
      const looks = new Looks(work, network);
      for (let i = 1; i <= times; i++) {
        trainer.trainStep(work.indices(trainer.step), manifest.recipe.learningRate);
        if (looking) looks.beginIfDue();
        if (i % READ_INTERVAL === 0) await trainer.readMetrics();
        await yieldToMessages();
      }
      await trainer.readMetrics();
      await looks.end();
      return { count: looks.count, ms: looks.ms };
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

/** Looks into every layer as often as the app lets a page. */
class Looks {
  count = 0;
  ms = 0;
  private dueAt = 0;
  private looking: Promise<void> = Promise.resolve();
  private readonly image: Float32Array;
  private readonly layers: readonly string[];

  constructor(
    { manifest, images }: Work,
    private readonly network: Network,
  ) {
    const { height, width, channels } = images.shape;
    const { offset, factor } = manifest.scaling;
    const pixels = images.pixels.subarray(0, height * width * channels);
    this.image = Float32Array.from(pixels, (pixel) => (pixel - offset) * factor);
    this.layers = manifest.architecture.layers
      .filter(({ kind }) => kind !== 'dropout' && kind !== 'flatten')
      .map(({ name }) => name);
  }

  beginIfDue(): void {
    if (performance.now() >= this.dueAt) this.looking = this.look();
  }

  private async look(): Promise<void> {
    const startedAt = performance.now();
    this.dueAt = Number.POSITIVE_INFINITY;
    await inspect(this.network, this.image, 1, { activations: this.layers });
    const now = performance.now();
    this.count++;
    this.ms += now - startedAt;
    this.dueAt = now + pauseAfterLook(engineInUse(), now - startedAt);
  }

  /** When the last has come to its end. */
  async end(): Promise<void> {
    await this.looking;
  }
}
