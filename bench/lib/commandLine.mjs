import { readOptions } from '../../scripts/lib/options.mjs';
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
  --rounds NUMBER of all contestants in turns; the medians are told (default 3)
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

/** @returns what the command line asks for */
export function readCommandLine() {
  const { values } = readOptions({
    options: {
      engine: { type: 'string', default: 'webgpu' },
      measure: { type: 'string', default: 'step' },
      width: { type: 'string', default: '0.25' },
      batch: { type: 'string', default: '32' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      threads: { type: 'string' },
      node: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const engine = /** @type {const} */ (['webgpu', 'wasm']).find((name) => name === values.engine);
  if (!engine) throw new UsageError(`--engine is webgpu or wasm, not "${values.engine}".`);
  if (engine === 'wasm' && values.node) throw new UsageError('--engine wasm wants a browser.');
  const only = values.only?.split(',') ?? contestants[engine];
  const stranger = only.find((name) => !contestants[engine].includes(name));
  if (stranger !== undefined) throw new UsageError(`There is no contestant "${stranger}".`);
  const measure = measures.find((name) => name === values.measure);
  if (!measure) throw new UsageError(`--measure is one of ${measures}, not "${values.measure}".`);
  return {
    engine,
    measure,
    help: values.help,
    json: values.json,
    inNode: values.node,
    options: {
      width: readNumber('width', values.width, 1 / 16, 1),
      batch: readCount('batch', values.batch, 1024),
      rounds: readCount('rounds', values.rounds, 1000),
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
