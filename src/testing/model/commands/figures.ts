import fc from 'fast-check';
import { canStart } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import { drawnImages, mixedImages } from '../../../domain/drawing/personalTestSet.ts';
import { weightsInUse } from '../../../domain/runs/weightsInUse.ts';
import { canScore } from '../../../ui/panels/draw/personal/selectors.ts';
import { obstacleTo } from '../../../ui/panels/evaluation/selectors.ts';
import { addRun, type RunBelief } from '../belief.ts';
import { engineOf, hold, placeShown, weightsOf } from '../checks.ts';
import { materialOf } from '../material.ts';
import { referenceOn } from '../reference.ts';
import { datasetOf, drawingOf } from '../sets.ts';
import { type Act, isDone, type Scene } from './command.ts';
import { leaveRun, runOf } from './training.ts';

/** The figure is of the run's own set, whichever is in use. */
async function evaluate(scene: Scene): Promise<void> {
  const { belief, tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const place = placeShown(belief, state);
  const outcome = await tab.ask('evaluate', (page) => page.evaluate());
  const isOffered = obstacleTo(state) === undefined;
  if (!isDone('Evaluate', outcome, { isOffered }) || !run || !state.run) return;
  if (!outcome.given) return;
  const { accuracy, images } = outcome.given;
  if (isNoted(scene, run, run.test?.step, state.run.step))
    run.test = { step: state.run.step, accuracy };
  if (!place) return;
  const { test } = await datasetOf(run.set);
  hold(images === test.count, `${run.name} is of ${run.set}, and was evaluated on another set`);
  const { record } = state.run;
  const engine = engineOf(record);
  const expected = await referenceOn(engine).accuracy(engine, record, place, test);
  hold(
    Math.abs(accuracy - expected) < 1e-9,
    `${run.name} reads ${expected} of ${run.set} right at step ${place.step}, and is said to read ${accuracy}`,
  );
}

async function draw({ tab }: Scene, label: number): Promise<void> {
  await tab.ask('keepDrawing', (page) => page.keepDrawing(drawingOf(label), String(label)));
}

async function score(scene: Scene): Promise<void> {
  const { tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const outcome = await tab.ask('scoreDrawings', (page) => page.scoreDrawings());
  // Without a drawing there is nothing to score, and nothing wrong in asking.
  if (outcome.given?.total === 0) return;
  if (!isDone('scoring the drawings', outcome, { isOffered: canScore(state) }) || !run) return;
  hold(outcome.given?.step === state.run?.step, 'the drawings were scored by another step');
  if (!state.run || run.drawnStep === 'any') return;
  if (isNoted(scene, run, run.drawnStep, state.run.step)) run.drawnStep = state.run.step;
}

/** Nothing is kept of weights that went off, and nothing over what was measured of later steps. */
function isNoted({ tab }: Scene, run: RunBelief, noted: number | undefined, step: number): boolean {
  const { id, place } = run;
  const isDoubted = tab.doubted === id || run.wentOffAt !== undefined;
  if (isDoubted && step > place.step) return false;
  return step >= place.step || (noted ?? 0) <= step;
}

const canFineTune = (state: WorkbenchState) =>
  canStart('fineTune')(state) && state.run !== undefined && state.drawings.length > 0;

/** A run of its own, on drawings and as many images of the set. */
async function fineTune(scene: Scene, steps: number): Promise<void> {
  const { belief, bench, tab } = scene;
  const { state } = tab;
  const before = runOf(scene);
  const place = placeShown(belief, state);
  // Of steps that another tab has left behind, or that went off, the weights are not known here.
  if (before && !place) return;
  const learningRate = 0.0005;
  const drawings = await bench.disk.drawings();
  const others = bench.watchOthers(tab);
  const outcome = await tab.begin('fineTune', (page) => page.fineTune(steps, learningRate));
  const expected = { isOffered: canFineTune(state), ...others() };
  if (!isDone('fine-tuning', outcome, expected) || !before || !state.run) return;
  await leaveRun(scene, before);
  await tab.untilDone();
  const record = tab.state.run?.record;
  hold(record !== undefined && !belief.runs.has(record.id), 'a fine-tuning is no run of its own');
  const set = await materialOf(before.set);
  const drawn = drawnImages(drawings, record.architecture.input, record.classNames);
  const mixed = mixedImages(drawn, set.images, set, record.recipe.seed);
  addRun(belief, record.id, {
    ...{ set: before.set, material: mixed, asked: { learningRate, steps } },
    place: {
      step: 0,
      tensors: place ? weightsOf(record, weightsInUse(place.tensors)) : [],
    },
  });
}

const words = (
  words: string,
  happen: Act['happen'],
  isOffered: Act['isOffered'] = () => true,
): Act => ({ words, happen, isOffered });

export const evaluateRun = fc.constant(
  words('evaluate', evaluate, (state) => obstacleTo(state) === undefined),
);
export const keepDrawing = fc
  .nat({ max: 2 })
  .map((label) => words(`keep a drawing of ${label}`, (scene) => draw(scene, label)));
export const scoreDrawings = fc.constant(words('score the drawings', score, canScore));
export const fineTuneRun = fc
  .integer({ min: 1, max: 5 })
  .map((steps) =>
    words(`fine-tune for ${steps} steps`, (scene) => fineTune(scene, steps), canFineTune),
  );
