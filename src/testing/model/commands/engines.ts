import fc from 'fast-check';
import { canSelectEngine } from '../../../ui/panels/header/selectors.ts';
import { hold } from '../checks.ts';
import { type Act, isDone, type Scene } from './command.ts';
import { runOf } from './training.ts';

async function change(scene: Scene, engine: 'wasm' | 'webgpu'): Promise<void> {
  const { tab } = scene;
  const { state } = tab;
  // No reference follows steps of two engines, and those that went off are not in a checkpoint.
  if (runOf(scene)?.wentOffAt !== undefined) return;
  const outcome = await tab.ask('selectEngine', (page) => page.selectEngine(engine));
  if (!isDone('choosing an engine', outcome, { isOffered: canSelectEngine(state) })) return;
  hold(tab.state.engine?.name === engine, `the engine is not ${engine}`);
  hold(tab.state.run?.step === state.run?.step, 'the change of engine changed the step');
}

export const changeEngine = fc.constantFrom('wasm' as const, 'webgpu' as const).map(
  (engine): Act => ({
    words: `train on ${engine}`,
    isOffered: canSelectEngine,
    happen: (scene) => change(scene, engine),
  }),
);
