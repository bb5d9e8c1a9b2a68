import fc from 'fast-check';
import { canSelectEngine } from '../../../ui/panels/header/selectors.ts';
import { hold } from '../checks.ts';
import { type Act, isDone, type Scene } from './command.ts';

async function change({ tab }: Scene, engine: 'wasm' | 'webgpu'): Promise<void> {
  const { state } = tab;
  const outcome = await tab.ask('selectEngine', (page) => page.selectEngine(engine));
  if (!isDone(`choosing ${engine}`, outcome, { isOffered: canSelectEngine(state) })) return;
  hold(tab.state.engine?.name === engine, `the engine is not ${engine}`);
  hold(tab.state.run?.step === state.run?.step, 'the change of engine changed the step');
}

export const changeEngine = fc
  .constantFrom('wasm' as const, 'webgpu' as const)
  .map(
    (engine): Act => ({ words: `train on ${engine}`, happen: (scene) => change(scene, engine) }),
  );
