import type { WorkbenchState } from '../../app/state.ts';
import { weightSpecs } from '../../domain/architecture/shapes.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import { type Belief, type RunBelief, ratesIn } from './belief.ts';
import type { Bench } from './bench.ts';
import { referenceOn } from './reference.ts';
import type { Arrival, Place } from './referenceEntry.ts';
import type { OnDisk } from './stored.ts';
import type { Tab } from './tab.ts';
import { timed } from './timeSpent.ts';
import { countDone } from './timesDone.ts';

/** What must hold after every command, whatever it was. */
export async function checkAll(belief: Belief, bench: Bench): Promise<void> {
  for (;;) {
    for (const tab of bench.openTabs) await tab.untilAtRest();
    const phases = phasesOf(bench);
    for (const tab of bench.openTabs) await checkTab(belief, tab);
    await checkDisk(belief, bench);
    // A training may have come to an end meanwhile, or its losses have gone off: then all is new.
    if (phasesOf(bench) !== phases) continue;
    for (const tab of bench.openTabs) checkNothingIsLost(belief, bench, tab);
    return;
  }
}

const phasesOf = ({ openTabs }: Bench) => openTabs.map(({ state }) => state.phase).join();

/** Once all is over: what lies on disk is still what it was seen to be, to the bit. */
export async function checkAtTheEnd(belief: Belief, bench: Bench): Promise<void> {
  for (const id of (await bench.disk.newest()).keys()) {
    const run = belief.runs.get(id);
    if (run && !isTraining(bench, run)) await checkRun(run, await bench.disk.read(id));
  }
}

class Violation extends Error {
  override readonly name = 'Violation';
}

/** Throws in words where something that must hold does not. */
export function hold(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Violation(otherwise);
}

function same(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  hold(a === b, `${what}: ${shortened(a)} and not ${shortened(b)}`);
}

const shortened = (text: string | undefined) =>
  text !== undefined && text.length > 300 ? `${text.slice(0, 300)} …` : String(text);

/** Every call is answered once nothing more comes; nothing goes wrong that nobody hears of. */
async function checkTab(belief: Belief, tab: Tab): Promise<void> {
  same('what went wrong in the background', tab.mishaps, []);
  const { phase, run } = tab.state;
  if (phase === 'idle') await tab.untilAnswered();
  hold(phase !== 'failed', 'the page has failed');
  const notices = tab.newNotices();
  const believed = run && belief.runs.get(run.record.id);
  const spike = notices.findLast(({ code }) => code === 'training.lossSpike');
  if (believed && spike) {
    tab.expectNotice('training.lossSpike');
    // That is told a moment before it waits.
    await tab.until('a run whose losses went off waits', (state) => state.phase === 'paused');
    believed.wentOffAt = Number(spike.params?.step);
    tab.doubted = believed.id;
    countDone('losses that went off');
  }
  same('what the page told that no command led to', tab.unexpected(notices), []);
}

async function checkDisk(belief: Belief, bench: Bench): Promise<void> {
  const newest = await bench.disk.newest();
  for (const id of newest.keys()) {
    hold(belief.runs.has(id), 'a run is stored that nobody began');
  }
  for (const run of belief.runs.values()) {
    const kept = newest.get(run.id);
    if (!kept) {
      hold(run.isDeleted || isTraining(bench, run), `${run.name} is not stored`);
      continue;
    }
    // Its checkpoints come as it goes; they are looked at when it rests.
    if (isTraining(bench, run)) continue;
    // What was seen to be right is read once more at the end.
    const isKnown = kept.generation === run.generation;
    const onDisk = isKnown
      ? { ...kept, tensors: run.place.tensors }
      : await bench.disk.read(run.id);
    await checkRun(run, onDisk);
    if (run.mayShowAgain) {
      run.isDeleted = kept.isDeleted;
      run.mayShowAgain = false;
    }
    hold(run.isDeleted === kept.isDeleted, `${run.name} is ${kept.isDeleted ? '' : 'not '}deleted`);
  }
}

function isTraining(bench: Bench, { id }: RunBelief): boolean {
  return bench.openTabs.some(
    ({ state: { phase, run } }) => phase === 'training' && run?.record.id === id,
  );
}

/** The newest checkpoint is what the steps since the one before come to, to the bit. */
export async function checkRun(run: RunBelief, onDisk: OnDisk): Promise<void> {
  const { record, tensors, generation } = onDisk;
  const { name, place } = run;
  hold(
    record.step >= place.step,
    `${name} went back to step ${record.step} from step ${place.step}`,
  );
  hold(
    run.wentOffAt === undefined || record.step < run.wentOffAt,
    `${name} was stored at step ${record.step}, and its losses went off at ${run.wentOffAt}`,
  );
  checkRecipe(run, record);
  if (generation !== run.generation) {
    const arrival = await arrivalOf(run, onDisk);
    run.losses = [...run.losses, ...arrival.losses];
    run.validations = [...run.validations, ...arrival.validations];
    run.place = { step: record.step, tensors, best: arrival.best };
    run.generation = generation;
  } else {
    same(`${name}, step of the same checkpoint`, record.step, place.step);
    const difference = differenceOf(tensors, place.tensors);
    hold(!difference, `${name}, the same checkpoint of step ${place.step}: ${difference}`);
  }
  checkHistory(run, record);
  checkFigures(run, record);
}

/** What the steps since the checkpoint before come to; throws where the new one is something else. */
async function arrivalOf(run: RunBelief, { record, tensors }: OnDisk): Promise<Arrival> {
  const { name, place, material, rateChanges, lengthChanges } = run;
  const isAsItWas = place.step === record.step && !differenceOf(tensors, place.tensors);
  if (isAsItWas) return { ...place, losses: [], validations: [] };
  const engine = engineOf(record);
  const steps = record.step - place.step;
  countDone(`steps worked out on ${engine}`, steps);
  const arrival = await timed(`working out steps on ${engine}`, () =>
    referenceOn(engine).follow({
      ...{ engine, record, material, course: { rateChanges, lengthChanges } },
      ...{ from: place, toStep: record.step },
    }),
  );
  const difference = differenceOf(tensors, arrival.tensors);
  hold(
    !difference,
    `${name}, checkpoint of step ${record.step} after ${place.step}: ${difference}`,
  );
  return arrival;
}

/** All engines that the model chooses among. */
export function engineOf({ engine }: RunRecord): 'wasm' | 'webgpu' {
  return engine === 'webgpu' ? 'webgpu' : 'wasm';
}

function checkRecipe(run: RunBelief, record: RunRecord): void {
  const { name, title, set, asked, lengthChanges } = run;
  if (title !== undefined) same(`${name}, the name that it was given`, record.name, title);
  for (const [key, value] of Object.entries(asked)) {
    same(`${name}, recipe’s ${key}`, record.recipe[key as keyof typeof asked], value);
  }
  // What was set after the checkpoint goes with the next one.
  same(`${name}, learning rates that were set`, record.rateChanges ?? [], ratesIn(run, record));
  same(`${name}, lengths that were set`, record.lengthChanges ?? [], lengthChanges);
  same(`${name}, its data set`, record.datasetName, set);
}

/** Each step once, in order, with the figures of that step. */
function checkHistory({ name, losses, validations }: RunBelief, { history }: RunRecord): void {
  same(
    `${name}, steps of its curve`,
    history.training.map(({ step }) => step),
    losses.map(({ step }) => step),
  );
  same(`${name}, its curve`, history.training, losses);
  same(`${name}, its validations`, history.validation, validations);
}

/** Every figure is of the step and of the set that it names. */
function checkFigures({ name, set, test, drawnStep, place }: RunBelief, record: RunRecord): void {
  same(`${name}, best validation`, record.best, place.best);
  if (record.test) {
    const { step, accuracy, datasetName } = record.test;
    same(`${name}, test accuracy`, { step, accuracy }, test);
    same(`${name}, set of its test accuracy`, datasetName, set);
  }
  const { drawnScore } = record;
  if (!drawnScore) return;
  if (drawnStep !== 'any') same(`${name}, step of its drawn score`, drawnScore.step, drawnStep);
  hold(drawnScore.step <= record.step, `${name}, drawings read by a step that it has not reached`);
}

/** What a tab at rest shows is on disk, unless its losses went off. */
function checkNothingIsLost(belief: Belief, bench: Bench, { state, doubted }: Tab): void {
  const { run: shown } = state;
  if (!shown) return;
  const run = belief.runs.get(shown.record.id);
  hold(run !== undefined, 'a tab shows a run that nobody began');
  if (doubted === run.id || run.wentOffAt !== undefined || isTraining(bench, run)) return;
  hold(
    shown.step <= run.place.step,
    `a tab shows ${run.name} at step ${shown.step}, and step ${run.place.step} is stored`,
  );
}

/** In which tensor one state differs from the other, and how; nothing where not a bit does. */
export function differenceOf(
  got: readonly NamedTensor[],
  expected: readonly NamedTensor[],
): string | undefined {
  const byName = new Map(got.map((tensor) => [tensor.name, tensor]));
  const missing = expected.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    return `${missing.length} of ${expected.length} tensors are missing, such as ${missing[0]}`;
  }
  if (byName.size > expected.length) {
    const known = new Set(expected.map(({ name }) => name));
    return `has more tensors, such as ${[...byName.keys()].find((name) => !known.has(name))}`;
  }
  for (const { name, values } of expected) {
    const other = byName.get(name)?.values ?? new Float32Array();
    if (other.length !== values.length) return `${name} has ${other.length} values`;
    const [a, b] = [bitsOf(other), bitsOf(values)];
    const first = a.findIndex((bits, i) => bits !== b[i]);
    if (first >= 0) return `${name}[${first}] is ${other[first]} and not ${values[first]}`;
  }
  return undefined;
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

/** The weights of a network alone, without what only training needs. */
export function weightsOf(
  { architecture }: Pick<RunRecord, 'architecture'>,
  tensors: readonly NamedTensor[],
): NamedTensor[] {
  const names = new Set(weightSpecs(architecture).map(({ name }) => name));
  return tensors.filter(({ name }) => names.has(name));
}

/** The place that a tab’s model is in, where it is known. */
export function placeShown(belief: Belief, { run }: WorkbenchState): Place | undefined {
  const known = run && belief.runs.get(run.record.id);
  return known && known.wentOffAt === undefined && known.place.step === run.step
    ? known.place
    : undefined;
}
