import { expect, it, vi } from 'vitest';
import { reduce } from '../app/reduce.ts';
import type { RunState } from '../app/state.ts';
import { Curve } from '../domain/metrics/curve.ts';
import type { TrainingPoint } from '../domain/metrics/metrics.ts';
import type { RunSummary } from '../domain/runs/run.ts';
import { ArchitecturePanel } from './panels/architecture/ArchitecturePanel.tsx';
import { EvaluationPanel } from './panels/evaluation/EvaluationPanel.tsx';
import { RecipePanel } from './panels/recipe/RecipePanel.tsx';
import { RunsPanel } from './panels/runs/RunsPanel.tsx';
import { TrainingPanel } from './panels/training/TrainingPanel.tsx';
import { WeightsPanel } from './panels/weights/WeightsPanel.tsx';
import { runState } from './testing/runState.ts';
import { show } from './testing/show.tsx';

const renders = await vi.hoisted(async () => {
  const { Renders } = await import('./testing/renders.ts');
  const made = new Renders();
  made.listen();
  return made;
});

/** What a step changes: the figures of its progress, three sentences that name it, and who follows it. */
const MOST_RENDERS = 40;

const point = (step: number): TrainingPoint => ({ step, loss: 1 / step, accuracy: 0.5 });
const frames = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
};

function runAfter(steps: number): RunState {
  const points = Array.from({ length: steps }, (_, i) => point(i + 1));
  const training = Curve.from<TrainingPoint>(points, ['step', 'loss', 'accuracy']);
  const { record } = runState;
  const recipe = { ...record.recipe, steps: 1_000_000 };
  return { ...runState, record: { ...record, status: 'training', recipe }, step: steps, training };
}

const summaryOf = ({ record }: RunState, id: string): RunSummary => {
  const { recipe, engine, datasetName } = record;
  const figures = { step: 1, steps: 1, storedBytes: 1 };
  return {
    ...{ id, name: id, status: 'finished', createdAt: 1, updatedAt: 1, recipe, engine },
    ...{ datasetName, ...figures },
  };
};

/** What is rendered at a step of a run that has so many, beside so many others. */
async function renderedAtStep(steps: number, others: number) {
  const run = runAfter(steps);
  const runs = [run.record.id, ...Array.from({ length: others }, (_, i) => `other ${i}`)].map(
    (id) => summaryOf(run, id),
  );
  const { store, remove } = await show(
    <>
      <TrainingPanel />
      <RecipePanel />
      <ArchitecturePanel />
      <EvaluationPanel />
      <WeightsPanel />
      <RunsPanel />
    </>,
    { state: { phase: 'training', run, runs } },
  );
  await expect.poll(() => document.querySelectorAll('article').length).toBeGreaterThan(0);
  // The charts measure themselves, and draw once more.
  await expect
    .poll(async () => {
      renders.take();
      await frames(20);
      return renders.take().length;
    })
    .toBe(0);
  const nodes = document.querySelectorAll('*').length;
  store.setState((state) => {
    const news = { imagesPerSecond: steps, secondsLeft: 7 };
    return reduce(state, { type: 'step', points: [point(steps + 1)], ...news });
  });
  await new Promise((resolve) => setTimeout(resolve));
  const rendered = renders.take();
  remove();
  return { rendered, nodes };
}

it('a step renders what it changes, however long the run is and however many there are', async () => {
  const small = await renderedAtStep(10, 6);
  expect(small.rendered.length).toBeGreaterThan(0);
  expect(small.rendered.length, small.rendered.join(' ')).toBeLessThanOrEqual(MOST_RENDERS);
  const large = await renderedAtStep(100_000, 200);
  expect(large.rendered.toSorted()).toEqual(small.rendered.toSorted());
  // One button asks for the others. The log has five hundred lines in one text.
  expect(large.nodes).toBeLessThan(1.2 * small.nodes);
});
