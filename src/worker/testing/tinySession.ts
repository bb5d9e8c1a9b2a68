import type { DatasetSummary } from '../../domain/data/dataset.ts';
import type { EngineChoice } from '../../domain/machine/engineReport.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { blobs } from '../../formats/testing/sameDataset.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { tinyImages, tinyRecipe } from '../../training/testing/tinyRun.ts';
import { Session } from '../session.ts';

/** A session on the page itself, with a data set and a trained model that take no time. */

export const sessionRecipe: Recipe = {
  ...tinyRecipe,
  ...{ architecture: 'lenet5', steps: 2, validationImages: 12, validationInterval: 2 },
};

export interface TinySession {
  readonly session: Session;
  readonly events: readonly WorkerEvent[];
}

/** One that has begun, as on a page that was opened; it shows what is stored. */
export async function openSession(engine: EngineChoice): Promise<TinySession> {
  const events: WorkerEvent[] = [];
  const session = new Session((event) => events.push(event));
  await session.start({ engine, tuning: 'off', siteUrl: location.href, threads: 1 });
  return { session, events };
}

/** @param lift added to every pixel: another content of the same shape, counts and classes */
export async function bringTinySet(session: Session, lift = 0): Promise<DatasetSummary> {
  const [train, test] = [tinyImages(60), tinyImages(24)];
  const images = ({ count, shape, pixels }: typeof train) =>
    encodeIdx(
      [count, shape.height, shape.width],
      pixels.map((pixel) => (pixel + lift) % 256),
    );
  return session.importDataset(
    blobs({
      'train-images-idx3-ubyte': images(train),
      'train-labels-idx1-ubyte': encodeIdx([train.count], train.labels),
      't10k-images-idx3-ubyte': images(test),
      't10k-labels-idx1-ubyte': encodeIdx([test.count], test.labels),
    }),
  );
}

export async function tinySession(
  engine: EngineChoice,
  recipe = sessionRecipe,
): Promise<TinySession> {
  const opened = await openSession(engine);
  await bringTinySet(opened.session);
  await opened.session.train(recipe);
  return opened;
}
