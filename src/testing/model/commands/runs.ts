import fc from 'fast-check';
import { withChange } from '../../../domain/recipe/schedule.ts';
import { bestWeights } from '../../../domain/runs/weightsInUse.ts';
import { canChangeRuns } from '../../../ui/panels/runs/selectors.ts';
import { addRun, type Belief, liveRuns, pickRun } from '../belief.ts';
import { hold } from '../checks.ts';
import { type Act, isDone, type Scene } from './command.ts';
import { leaveRun, runOf } from './training.ts';

async function open(scene: Scene, pick: number): Promise<void> {
  const { belief, bench, tab } = scene;
  const run = pickRun(belief, pick);
  if (!run) return;
  const isOffered = canChangeRuns(tab.state);
  const before = runOf(scene);
  const wasStored = (await bench.disk.newest()).has(run.id);
  const outcome = await tab.ask('openRun', (page) => page.openRun(run.id));
  // A run that trains in another tab may have its first checkpoint meanwhile.
  const isStored = wasStored || (await bench.disk.newest()).has(run.id);
  const missing = wasStored ? undefined : (['run.missing'] as const);
  const expected = isStored ? { may: missing } : { must: missing };
  if (!isDone('opening a run', outcome, { isOffered, ...expected })) return;
  await leaveRun(scene, before);
  hold(tab.state.run?.record.id === run.id, `opening ${run.name} opened another run`);
}

async function openTheBest(scene: Scene, pick: number): Promise<void> {
  const { belief, bench, tab } = scene;
  const run = pickRun(belief, pick);
  if (!run) return;
  const isOffered = canChangeRuns(tab.state);
  const before = runOf(scene);
  // Of a run that trains in another tab only the disk knows how far it is.
  const source = (await bench.disk.newest()).has(run.id)
    ? await bench.disk.read(run.id)
    : undefined;
  const outcome = await tab.ask('openBest', (page) => page.openBest(run.id));
  const must = bench.othersTrain(tab)
    ? (['storage.inUse'] as const)
    : source?.record.best
      ? undefined
      : (['run.noBest', 'run.missing'] as const);
  if (!isDone('opening the best', outcome, { isOffered, must })) return;
  await leaveRun(scene, before);
  const best = source?.record.best;
  const id = tab.state.run?.record.id;
  hold(id !== undefined && !belief.runs.has(id), 'the best weights are no run of their own');
  if (!source || !best) return;
  const isUpToIt = ({ step }: { readonly step: number }) => step <= best.step;
  addRun(belief, id, {
    ...{ set: run.set, material: run.material, asked: {} },
    place: { step: best.step, tensors: bestWeights(source.tensors) },
    losses: run.losses.filter(isUpToIt),
    validations: run.validations.filter(isUpToIt),
    rateChanges: run.rateChanges.filter(({ step }) => step < best.step),
    // It ends with these weights.
    lengthChanges: withChange(run.lengthChanges, { step: best.step, steps: best.step }),
  });
}

async function remove({ belief, bench, tab }: Scene, pick: number): Promise<void> {
  const run = pickRun(belief, pick);
  if (!run) return;
  // No list shows a run before its first checkpoint.
  if (!(await bench.disk.newest()).has(run.id)) return;
  const isOffered = canChangeRuns(tab.state);
  const outcome = await tab.ask('deleteRun', (page) => page.deleteRun(run.id));
  if (!isDone('deleting a run', outcome, { isOffered, may: ['run.missing'] })) return;
  run.isDeleted = true;
  run.mayShowAgain = bench.openTabs.some(
    ({ state }) => state.run?.record.id === run.id && state.phase === 'training',
  );
  belief.deleted.push(run.id);
}

/** A run that is not stored yet has no name that could be changed. */
async function rename({ belief, bench, tab }: Scene, pick: number): Promise<void> {
  const run = pickRun(belief, pick);
  if (!run) return;
  const title = `${run.name}, renamed ${bench.story.length}`;
  const isStored = (await bench.disk.newest()).has(run.id);
  const outcome = await tab.ask('renameRun', (page) => page.renameRun(run.id, title));
  const may = isStored ? [] : (['run.missing'] as const);
  if (isDone('renaming a run', outcome, { isOffered: true, may })) run.title = title;
}

async function undo({ belief, tab }: Scene): Promise<void> {
  const run = belief.runs.get(belief.deleted.pop() ?? '');
  if (!run) return;
  const outcome = await tab.ask('restoreRun', (page) => page.restoreRun(run.id));
  // The page offers it as long as it can be undone, whatever else is done.
  isDone('bringing back a run', outcome, { isOffered: true });
  run.isDeleted = false;
}

const pick = fc.nat({ max: 5 });
const hasRuns = (belief: Belief) => liveRuns(belief).length > 0;

const ofRun = (
  words: string,
  happen: (scene: Scene, pick: number) => Promise<void>,
  isOffered: Act['isOffered'] = canChangeRuns,
) =>
  pick.map(
    (n): Act => ({
      words: `${words} run ${n + 1} of those there are`,
      isPossible: hasRuns,
      isOffered,
      happen: (scene) => happen(scene, n),
    }),
  );

export const openRun = ofRun('open', open);
export const openBest = ofRun('open the best of', openTheBest);
export const deleteRun = ofRun('delete', remove);
export const renameRun = ofRun('rename', rename, () => true);
export const undoDeletion = fc.constant<Act>({
  words: 'undo the last deletion',
  isPossible: ({ deleted }) => deleted.length > 0,
  happen: undo,
});
