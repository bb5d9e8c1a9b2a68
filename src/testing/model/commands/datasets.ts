import fc from 'fast-check';
import { canLoadDataset } from '../../../ui/panels/dataset/selectors.ts';
import { hold } from '../checks.ts';
import { setInUse } from '../material.ts';
import { filesOf, type SetName, setNames } from '../sets.ts';
import { type Act, isDone, type Scene } from './command.ts';

async function bringIn({ tab }: Scene, set: SetName): Promise<void> {
  const isOffered = canLoadDataset(tab.state);
  const outcome = await tab.ask('importDataset', (page) => page.importDataset(filesOf(set)));
  if (!isDone('another data set', outcome, { isOffered })) return;
  hold(setInUse(tab.state) === set, `the set in use is not ${set}`);
}

export const useSet = fc.constantFrom(...setNames).map(
  (set): Act => ({
    words: `use the set ${set}`,
    isOffered: canLoadDataset,
    happen: (scene) => bringIn(scene, set),
  }),
);
