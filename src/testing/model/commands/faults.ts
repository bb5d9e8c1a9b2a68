import fc from 'fast-check';
import type { RunRecord } from '../../../domain/runs/run.ts';
import { addRun, type RunBelief, ratesIn } from '../belief.ts';
import type { Bench } from '../bench.ts';
import { hold } from '../checks.ts';
import { referenceOn } from '../reference.ts';
import { pause } from '../tab.ts';
import { countDone } from '../timesDone.ts';
import type { Act, Scene } from './command.ts';
import { leaveRun, runOf } from './training.ts';

/** The page waits before a third restart within a minute: no sequence does. */
const MOST_FAULTS = 2;

/** Whatever ends a worker: its run goes on where it trained, else waits, from its checkpoint. */
async function restart(scene: Scene, words: string, fault: () => void): Promise<void> {
  const { belief, bench, tab } = scene;
  if (tab.kills >= MOST_FAULTS) return;
  const run = runOf(scene);
  const wasTraining = tab.state.phase === 'training';
  const keptBefore = (await keptOf(bench, run))?.step;
  tab.doubted = undefined;
  fault();
  countDone(words);
  await tab.until('another worker starts', ({ phase }) => phase === 'starting');
  // With a rate that lets the losses go off it is over again at once.
  const training = tab.watch(({ phase }) => phase === 'training');
  await tab.untilQuiet();
  if (wasTraining) await tab.until('training goes on after the fault', training.hasBeen);
  training.end();
  const after = tab.state.run;
  if (!run) return;
  if (wasTraining && after && !belief.runs.has(after.record.id)) {
    // Nothing of it was kept: its seed makes it the same run.
    hold(keptBefore === undefined, `${run.name} was stored, and began again after the fault`);
    belief.runs.delete(run.id);
    const { set, asked, material } = run;
    const place = await referenceOn('wasm').beginning(after.record);
    addRun(belief, after.record.id, { set, asked, material, place });
    return;
  }
  if (keptBefore === undefined || run.isDeleted) return;
  hold(after?.record.id === run.id, `after the fault the page shows another run than ${run.name}`);
  hold(
    after.step >= keptBefore,
    `after the fault ${run.name} goes on from ${after.step}, and ${keptBefore} was stored`,
  );
  run.rateChanges = ratesIn(run, after.record);
  run.wentOffAt = undefined;
}

/** Undefined where nothing of the run is kept. */
async function keptOf(bench: Bench, run: RunBelief | undefined): Promise<RunRecord | undefined> {
  return run && (await bench.disk.newest()).get(run.id)?.record;
}

async function reload(scene: Scene): Promise<void> {
  const { belief, bench, place } = scene;
  const run = runOf(scene);
  const wasTraining = scene.tab.state.phase === 'training';
  await leaveRun(scene, run);
  const tab = await bench.reload(place);
  countDone('reload');
  const kept = await keptOf(bench, run);
  // Left before its first checkpoint.
  if (run && wasTraining && kept === undefined) belief.runs.delete(run.id);
  if (run && wasTraining) {
    run.rateChanges = ratesIn(run, kept ?? { step: 0 });
  }
  const after = tab.state.run;
  if (!after) return;
  const opened = belief.runs.get(after.record.id);
  hold(
    opened !== undefined && (!opened.isDeleted || opened.mayShowAgain),
    'a page that was opened shows a run of old',
  );
}

/** Losing a GPU that is not in use is nothing; one that is in use is lost with the worker. */
async function loseGpu(scene: Scene): Promise<void> {
  const { tab } = scene;
  const { engine, phase, run } = tab.state;
  if (engine?.name === 'webgpu') {
    if (tab.kills < MOST_FAULTS) await restart(scene, 'losing the GPU in use', () => tab.loseGpu());
    return;
  }
  tab.loseGpu();
  countDone('losing a GPU not in use');
  // As long as it takes the browser to tell of it, and a page to make of it what it must not.
  await pause(100);
  await tab.untilAtRest();
  hold(
    tab.state.phase === phase && tab.state.run?.record.id === run?.record.id,
    `a GPU that is not in use was lost, and the page went from ${phase} to ${tab.state.phase}`,
  );
}

const words = (words: string, happen: Act['happen']): Act => ({ words, happen });

export const killWorker = fc.constant(
  words('the worker is ended', (scene) =>
    restart(scene, 'the end of a worker', () => scene.tab.kill()),
  ),
);
export const reloadPage = fc.constant(words('reload', reload));
export const gpuIsLost = fc.constant(words('the GPU is lost', loseGpu));
