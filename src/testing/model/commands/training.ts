import fc from 'fast-check';
import type { WorkbenchState } from '../../../app/state.ts';
import type { Recipe } from '../../../domain/recipe/recipe.ts';
import { fitScaling } from '../../../domain/recipe/scaling.ts';
import { withChange } from '../../../domain/recipe/schedule.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import {
  busyWith,
  learningRateNow,
  type Situation,
  situationOf,
} from '../../../ui/panels/training/selectors.ts';
import type { ErrorCode } from '../../../util/errorTexts.ts';
import { addRun, type RunBelief, ratesIn } from '../belief.ts';
import { checkRun, hold } from '../checks.ts';
import { materialOf, setInUse } from '../material.ts';
import { referenceOn } from '../reference.ts';
import { datasetOf } from '../sets.ts';
import { countDone } from '../timesDone.ts';
import { type Act, isDone, type Scene } from './command.ts';

/** So many steps are never made: a run of as many trains until it is told to stop. */
const ENDLESS = 100_000;

/** Where there is no data set: none is served. */
const nothingIsServed: readonly ErrorCode[] = ['dataset.missing', 'dataset.unreachable'];

const ingredients = fc.record({
  batchSize: fc.constantFrom(4, 7),
  averaging: fc.constantFrom(0, 0.9),
  keepBest: fc.constantFrom('off' as const, 'on' as const),
  checkpointInterval: fc.constantFrom(3, 40),
  validationInterval: fc.constantFrom(2, 5),
  schedule: fc.constantFrom('constant' as const, 'constant' as const, 'cosine' as const),
  shift: fc.constantFrom(0, 0, 1),
  seed: fc.constantFrom(0, 1),
});

function recipeWords({
  averaging,
  keepBest,
  schedule,
  shift,
  checkpointInterval,
}: Partial<Recipe>) {
  const words = [
    ...(averaging ? ['averages'] : []),
    ...(keepBest === 'on' ? ['keeps the best'] : []),
    ...(schedule === 'cosine' ? ['cosine'] : []),
    ...(shift ? ['moves images'] : []),
    `a checkpoint every ${checkpointInterval}`,
  ];
  return words.join(', ');
}

/** The believed run that a tab has in memory. */
export function runOf({ belief, tab }: Scene): RunBelief | undefined {
  const id = tab.state.run?.record.id;
  return id === undefined ? undefined : belief.runs.get(id);
}

/** Another run takes the place of the one in memory; what of it went off is gone. */
export async function leaveRun({ bench, tab }: Scene, run: RunBelief | undefined): Promise<void> {
  tab.doubted = undefined;
  if (run?.wentOffAt === undefined) return;
  // Another tab may have it in memory as it went off there.
  if (bench.openTabs.some(({ doubted }) => doubted === run.id)) return;
  const kept = (await bench.disk.newest()).get(run.id);
  if (kept) await checkRun(run, await bench.disk.read(run.id));
  run.rateChanges = ratesIn(run, kept?.record ?? { step: 0 });
  run.wentOffAt = undefined;
}

const offeredIn =
  (...situations: readonly Situation[]) =>
  (state: WorkbenchState) =>
    !busyWith(state) && situations.includes(situationOf(state));

const canTrain = offeredIn('empty', 'paused', 'unfinished', 'complete', 'imported');
const canResume = offeredIn('paused', 'unfinished');
const canTrainMore = offeredIn('paused', 'unfinished', 'complete', 'imported');
const canPause = offeredIn('running');
const canStop = offeredIn('running', 'paused');
const canSetRate = (state: WorkbenchState) => learningRateNow(state) !== undefined;

async function train(scene: Scene, asked: Partial<Recipe>): Promise<void> {
  const { belief, bench, tab } = scene;
  const { state } = tab;
  const before = runOf(scene);
  const set = setInUse(state);
  const outcome = await tab.begin('train', (page) => page.train(asked));
  const expected = {
    isOffered: canTrain(state),
    must: bench.othersTrain(tab)
      ? (['storage.inUse'] as const)
      : set === undefined
        ? nothingIsServed
        : undefined,
  };
  if (!isDone('Train', outcome, expected) || !set) return;
  await leaveRun(scene, before);
  const record = tab.state.run?.record;
  hold(record !== undefined && !belief.runs.has(record.id), 'Train begins no run of its own');
  const material = await materialOf(set);
  const { train } = await datasetOf(set);
  const scaling = fitScaling(record.recipe.scaling, train, material.training);
  hold(String(Object.values(scaling)) === String(Object.values(record.scaling)), 'another scaling');
  const place = await referenceOn('wasm').beginning(record);
  addRun(belief, record.id, { set, asked, place, material });
  if (asked.steps === ENDLESS) return;
  await tab.untilDone();
  const isOver = tab.state.phase !== 'paused';
  hold(!isOver || tab.state.run?.step === asked.steps, 'a training that is over has all its steps');
}

/** Goes on with the run in memory, from its newest checkpoint if that is another tab's. */
async function goOn(scene: Scene, moreSteps?: number): Promise<void> {
  const { bench, tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const isOffered = (moreSteps === undefined ? canResume : canTrainMore)(state);
  const words = moreSteps === undefined ? 'Resume' : 'Train more';
  const kept = run && (await bench.disk.newest()).get(run.id);
  const others = bench.watchOthers(tab);
  const call = await tab.begin('resume', (page) => page.resume(moreSteps));
  const expected = { isOffered, ...others() };
  // What another tab has trained further is opened before it is seen that there is nothing to go on with.
  if (!isOffered && !call?.refusal) {
    return hasChangedNothing(scene, state, words, kept?.record.step);
  }
  if (!isDone(words, call, expected) || !run) return;
  if (bench.openTabs.length > 1) countDone(`${words} beside another tab`);
  // Going on with what went off is the user's choice; in another tab it begins before that.
  if (run.wentOffAt !== undefined && tab.doubted !== run.id) {
    run.rateChanges = ratesIn(run, kept?.record ?? { step: 0 });
  }
  tab.doubted = undefined;
  run.wentOffAt = undefined;
  // A deleted run that is trained on shows again.
  run.mayShowAgain = run.isDeleted;
  const record = tab.state.run?.record;
  if (moreSteps !== undefined && record) {
    // From the newest step that there is, another tab's too.
    const change = { step: record.step, steps: record.step + moreSteps };
    run.lengthChanges = withChange(run.lengthChanges, change);
  }
  if (record && plannedSteps(record) < ENDLESS) await tab.untilDone();
}

/**
 * Where there is nothing to do it with, it need not be refused; but it does nothing.
 * @param newest the step of the newest checkpoint, where that may be opened
 */
function hasChangedNothing(
  { tab }: Scene,
  { phase, run }: WorkbenchState,
  words: string,
  newest?: number,
): void {
  hold(tab.state.phase === phase, `${words} is not offered, and changed the phase`);
  const step = tab.state.run?.step;
  hold(step === run?.step || step === newest, `${words} is not offered, and changed the step`);
}

async function pauseOrStop(scene: Scene, what: 'pause' | 'stop'): Promise<void> {
  const { tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const isOffered = (what === 'pause' ? canPause : canStop)(state);
  const outcome = await tab.ask(what, (page) => page[what]());
  // It may be the very run that another tab trains, which is not for this one to stop.
  const must = scene.bench.othersTrain(tab) ? (['storage.inUse'] as const) : undefined;
  if (!isOffered && !outcome.refusal) return hasChangedNothing(scene, state, what);
  if (!isDone(what, outcome, { isOffered, must })) return hasChangedNothing(scene, state, what);
  await tab.untilAtRest();
  hold(tab.state.phase === (what === 'pause' ? 'paused' : 'idle'), `not at rest after ${what}()`);
  if (what === 'stop') await leaveRun(scene, run);
}

async function changeRate(scene: Scene, learningRate: number): Promise<boolean> {
  const { bench, tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const expected = {
    isOffered: canSetRate(state),
    must: bench.othersTrain(tab) ? (['storage.inUse'] as const) : await newerElsewhere(scene, run),
    may:
      bench.openTabs.length > 1 && state.phase !== 'training'
        ? (['run.trainedElsewhere'] as const)
        : [],
  };
  const outcome = await tab.ask('changeLearningRate', (page) =>
    page.changeLearningRate(learningRate),
  );
  if (!isDone('a change of the rate', outcome, expected) || !run) return false;
  const change = tab.state.run?.record.rateChanges?.at(-1);
  hold(change?.learningRate === learningRate, 'the learning rate that was set is not noted');
  const [from = 0, to = 0] = [state.run?.step, tab.state.run?.step];
  hold(
    change.step >= from - 1 && change.step <= to + 50,
    `a rate set at about ${from} is of ${change.step}`,
  );
  run.rateChanges = withChange(run.rateChanges, change);
  if (state.phase === 'training') run.rateInFlight = change;
  return true;
}

/** What another tab has stored since would not have the change. */
async function newerElsewhere({ bench, tab }: Scene, run: RunBelief | undefined) {
  const { phase, run: shown } = tab.state;
  const kept = run && (await bench.disk.newest()).get(run.id);
  if (phase === 'training' || !kept) return undefined;
  const { step } = kept.record;
  return step > (shown?.step ?? 0) ? (['run.trainedElsewhere'] as const) : undefined;
}

/** A rate at which nothing learns. */
const RUINOUS = 1;
const PATIENCE_STEPS = 250;

/** Lets the losses go off, if that is noticed; else the run goes on with what it has become. */
async function ruin(scene: Scene): Promise<void> {
  const { tab } = scene;
  const isTraining = tab.state.phase === 'training';
  if (isTraining) {
    await tab.until(
      'there is a checkpoint, and a usual loss',
      ({ run, phase }) => phase !== 'training' || (run?.checkpoint !== undefined && run.step > 60),
    );
  }
  if (!(await changeRate(scene, RUINOUS)) || !isTraining) return;
  const from = tab.state.run?.step ?? 0;
  // Where the losses are no number any more, the run ends with these words.
  await tab.until(
    'the losses go off, or 250 steps are made',
    ({ run, phase }) => phase !== 'training' || (run?.step ?? 0) > from + PATIENCE_STEPS,
  );
}

const words = (
  words: string,
  happen: Act['happen'],
  isOffered: Act['isOffered'] = () => true,
): Act => ({ words, happen, isOffered });

export const trainShort = fc
  .tuple(ingredients, fc.integer({ min: 1, max: 9 }))
  .map(
    ([recipe, steps]): Act =>
      words(
        `train ${steps} steps (${recipeWords(recipe)})`,
        (scene) => train(scene, { ...recipe, steps }),
        canTrain,
      ),
  );
export const trainOn = ingredients.map((recipe) =>
  words(
    `train without end (${recipeWords(recipe)})`,
    (scene) => train(scene, { ...recipe, steps: ENDLESS }),
    canTrain,
  ),
);
export const resume = fc.constant(words('resume', (scene) => goOn(scene), canResume));
export const moreSteps = fc
  .integer({ min: 1, max: 6 })
  .map((steps) => words(`train ${steps} more steps`, (scene) => goOn(scene, steps), canTrainMore));
export const pauseTraining = fc.constant(
  words('pause', (scene) => pauseOrStop(scene, 'pause'), canPause),
);
export const stopTraining = fc.constant(
  words('stop', (scene) => pauseOrStop(scene, 'stop'), canStop),
);
export const letItTrain = fc.integer({ min: 1, max: 20 }).map((steps) =>
  words(
    `wait for ${steps} steps`,
    async ({ tab }) => {
      const from = tab.state.run?.step ?? 0;
      await tab.until(
        `${steps} more steps are made`,
        ({ phase, run }) => phase !== 'training' || (run?.step ?? 0) >= from + steps,
      );
    },
    canPause,
  ),
);
export const setRate = fc
  .constantFrom(0.0003, 0.002)
  .map((rate) =>
    words(
      `set the learning rate to ${rate}`,
      async (scene) => void (await changeRate(scene, rate)),
      canSetRate,
    ),
  );
export const lossSpike = fc.constant(words('let the losses go off', ruin, canPause));
