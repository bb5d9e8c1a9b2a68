import fc from 'fast-check';
import { buildArchitecture } from '../../../domain/architecture/architecture.ts';
import { weightsInUse } from '../../../domain/runs/weightsInUse.ts';
import { openZip } from '../../../formats/archives/zip.ts';
import { readWeights } from '../../../formats/weights/weightsFile.ts';
import { canChangeRuns } from '../../../ui/panels/runs/selectors.ts';
import { canExport, canImport } from '../../../ui/panels/weights/selectors.ts';
import { addRun, liveRuns } from '../belief.ts';
import { differenceOf, hold, placeShown, weightsOf } from '../checks.ts';
import { materialOf } from '../material.ts';
import { type Act, isDone, type Scene } from './command.ts';
import { leaveRun, runOf } from './training.ts';

async function exportOne(scene: Scene): Promise<void> {
  const { belief, tab } = scene;
  const { state } = tab;
  const run = runOf(scene);
  const place = placeShown(belief, state);
  const outcome = await tab.ask('exportWeights', (page) => page.exportWeights('safetensors'));
  const isOffered = canExport(state);
  if (!isDone('Export weights', outcome, { isOffered }) || !outcome.given || !run) return;
  const { name, bytes } = outcome.given;
  const model = readWeights(name, bytes);
  if (!place || !state.run) return;
  const kept = weightsOf(state.run.record, weightsInUse(place.tensors));
  const difference = differenceOf(model.tensors, kept);
  hold(
    !difference,
    `the export of ${run.name} is not its checkpoint of step ${place.step}: ${difference}`,
  );
  hold(model.provenance.step === place.step, `the export of ${run.name} is of another step`);
  belief.exported = {
    ...{ file: new File([bytes], name), run, step: place.step, weights: kept },
  };
}

async function importOne(scene: Scene): Promise<void> {
  const { belief, bench, tab } = scene;
  if (!belief.exported && canExport(tab.state)) await exportOne(scene);
  const { exported } = belief;
  if (!exported) return;
  const { state } = tab;
  const before = runOf(scene);
  const others = bench.watchOthers(tab);
  const outcome = await tab.ask('importWeights', (page) => page.importWeights(exported.file));
  const expected = { isOffered: canImport(state), ...others() };
  if (!isDone('Import weights', outcome, expected)) return;
  await leaveRun(scene, before);
  const id = tab.state.run?.record.id;
  hold(id !== undefined && !belief.runs.has(id), 'imported weights are no run of their own');
  const { run, step, weights } = exported;
  addRun(belief, id, {
    ...{ set: run.set, asked: {}, material: await materialOf(run.set) },
    place: { step, tensors: weights },
    lengthChanges: [{ step, steps: step }],
  });
}

/** All weights that are stored are in the file, and no others. */
async function exportAll({ belief, bench, tab }: Scene): Promise<void> {
  const isOffered = canChangeRuns(tab.state);
  const outcome = await tab.ask('exportRuns', (page) => page.exportRuns());
  if (!isDone('Export all runs', outcome, { isOffered }) || !outcome.given) return;
  if (bench.openTabs.some(({ state }) => state.phase === 'training')) return;
  const zip = openZip('runs.zip', new Uint8Array(await outcome.given.blob.arrayBuffer()));
  const models = zip.names
    .filter((name) => name.endsWith('.safetensors'))
    .map((name) => readWeights(name, zip.read(name, MOST_BYTES)));
  const runs = liveRuns(belief);
  hold(models.length === runs.length, `${runs.length} runs, and ${models.length} in the file`);
  for (const { name, place } of runs) {
    const kept = weightsInUse(place.tensors);
    const isThere = models.some(({ tensors, provenance, architecture }) => {
      const weights = weightsOf({ architecture: buildArchitecture(architecture) }, kept);
      return provenance.step === place.step && !differenceOf(tensors, weights);
    });
    hold(isThere, `the checkpoint of ${name} is not in the file of all runs`);
  }
}

/** More than any of these networks takes. */
const MOST_BYTES = 10e6;

export const exportWeights = fc.constant<Act>({
  words: 'export the weights',
  isOffered: canExport,
  happen: exportOne,
});
export const importWeights = fc.constant<Act>({
  words: 'import the weights that were exported last, or are now',
  isPossible: (belief) => liveRuns(belief).length > 0,
  isOffered: canImport,
  happen: importOne,
});
export const exportRuns = fc.constant<Act>({
  words: 'export all runs',
  isOffered: canChangeRuns,
  happen: exportAll,
});
