import { startEngine } from '../../../src/engine/engines.ts';
import { tf } from '../../../src/engine/tf.ts';
import type { Open } from '../contestant.ts';
import { openTrainer, runnerOf } from './trainer.ts';

/** Our reference: tfjs's gradient tape and WebAssembly backend, with kernels of ours where it has none. */
export const open: Open = async () => {
  await startEngine('wasm', ({ message }) => console.warn(message));
  return {
    facts: { 'tfjs-wasm': tf.version_core, threads: 1 },
    async step(work) {
      const { network, trainer } = await openTrainer(work, 'tape');
      return runnerOf(work, network, trainer);
    },
  };
};
