import { readCommand } from '../../scripts/lib/readCommand.mjs';
import { UsageError } from '../../scripts/lib/say.mjs';

export const usage = `Usage: npm run bench [-- options]        in a headless Chromium
       npm run bench:node [-- options]   in Node, on Dawn; for the engine webgpu alone

Times a training step of AlexNet: ours, and those of others in turns with it.

  --engine NAME   webgpu: ours, stock tfjs-webgpu and jax-js; wasm, on the processor: ours, jax-js,
                  PyTorch where a Python has it ($PYTHON, python3 or /usr/bin/python3), and our
                  trainer on tfjs-wasm (default webgpu)
  --measure WHAT  step: whole steps of all contestants; ops: operation by operation, ours and
                  theirs; plan: every dispatch or kernel call of our step (default step; npm run
                  plan)
  --width NUMBER  of the network, 0.0625 to 1 (default 0.25)
  --batch NUMBER  images in a step (default 32)
  --rounds NUMBER of all contestants in turns; the medians are told (default 3; of plan 1)
  --only NAMES    of ours,stock,jax, or with --engine wasm of ours,jax,torch,tape; with commas
  --threads NUM   with --engine wasm: of all but tape, which has one (default all cores)
  --json          one JSON object in the place of the tables`;

/** By engine. */
const contestants = {
  webgpu: ['ours', 'stock', 'jax'],
  wasm: ['ours', 'jax', 'torch', 'tape'],
};
/** @type {readonly import('./benchmarks.ts').BenchmarkName[]} */
const measures = ['step', 'ops', 'plan'];

/** @returns what the command line asks for; undefined where that was how to call it */
export function readCommandLine() {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const args = readCommand({
    usage,
    options: {
      ...{ engine: text, measure: text, width: text, batch: text, rounds: text },
      ...{ only: text, threads: text, node: flag, json: flag },
    },
  });
  if (!args) return undefined;
  const { values, flags } = args;
  const asked = { engine: 'webgpu', measure: 'step', ...values };
  const engine = /** @type {const} */ (['webgpu', 'wasm']).find((name) => name === asked.engine);
  if (!engine) throw new UsageError(`--engine is webgpu or wasm, not "${asked.engine}".`);
  if (engine === 'wasm' && flags.has('node'))
    throw new UsageError('--engine wasm wants a browser.');
  const only = values.only?.split(',') ?? contestants[engine];
  const stranger = only.find((name) => !contestants[engine].includes(name));
  if (stranger !== undefined) throw new UsageError(`There is no contestant "${stranger}".`);
  const measure = measures.find((name) => name === asked.measure);
  if (!measure) throw new UsageError(`--measure is one of ${measures}, not "${asked.measure}".`);
  return {
    engine,
    measure,
    json: flags.has('json'),
    inNode: flags.has('node'),
    options: {
      width: readNumber('width', values.width ?? '0.25', 1 / 16, 1),
      batch: readCount('batch', values.batch ?? '32', 1024),
      rounds: readCount('rounds', values.rounds ?? (measure === 'plan' ? '1' : '3'), 1000),
      only,
      // 0: as many as there are.
      threads: values.threads === undefined ? 0 : readCount('threads', values.threads, 256),
    },
  };
}

/** @param {string} name @param {string} text @param {number} min @param {number} max */
function readNumber(name, text, min, max) {
  const value = Number(text);
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} is a number from ${min} to ${max}, not "${text}".`);
}

/** @param {string} name @param {string} text @param {number} max */
function readCount(name, text, max) {
  if (/^\d+$/.test(text)) return readNumber(name, text, 1, max);
  throw new UsageError(`--${name} is a whole number, not "${text}".`);
}
