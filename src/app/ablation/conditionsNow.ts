import { usualTrainingImages } from '../../domain/ablation/ablation.ts';
import {
  type AblationConditions,
  conditionsOn,
  requireConditions,
} from '../../domain/ablation/ablationConditions.ts';
import type { AblationQueue } from '../../domain/ablation/ablationQueue.ts';
import { assert } from '../../util/assert.ts';
import type { WorkbenchStore } from '../store.ts';
import type { AblationCommands } from './ablationCommands.ts';

/** What a run would be trained on now, on so many images or on as many as usual. */
export async function conditionsNow(
  store: WorkbenchStore,
  { dataset }: Pick<AblationCommands, 'dataset'>,
  trainingImages?: number,
): Promise<AblationConditions> {
  const summary = await dataset();
  const usual = usualTrainingImages(summary.trainCount + summary.validationCount);
  return conditionsOn(summary, engineOf(store).name, trainingImages ?? usual);
}

/** Refuses to train a row where its ablation was begun on other images or on another engine. */
export async function requireSameConditions(
  store: WorkbenchStore,
  commands: Pick<AblationCommands, 'dataset'>,
  { conditions }: AblationQueue,
): Promise<void> {
  const summary = await commands.dataset();
  requireConditions(conditions, summary, engineOf(store).name);
}

function engineOf(store: WorkbenchStore) {
  const { engine } = store.getState();
  assert(engine, 'nothing is trained before an engine answers');
  return engine;
}
