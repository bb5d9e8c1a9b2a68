import { availableParallelism } from 'node:os';
import { readArguments } from '../scripts/lib/readCommand.mjs';
import { UsageError } from '../scripts/lib/say.mjs';
import { entrantOf, entrants, usual } from './contestants/registry.mjs';
import { measures } from './measures/measure.mjs';

export const usage = `Usage: npm run bench [-- options]        in a headless Chromium
       npm run bench:node [-- options]   in Node, on Dawn; for WebGPU alone

Times a training step of AlexNet: ours, and those of others in turns with it. Before anything is timed
the whole steps of all have to compute the same. What a contestant needs is installed when it first takes part.

  --engine NAME   webgpu or wasm: who takes part where --only does not say (default wasm; of bench:node
                  webgpu)
  --only NAMES    who takes part, with commas; not of plan, inspect and flags, which are of ours and of tfjs:
${entrants.map(({ id, title }) => `                  ${id.padEnd(22)}${title}`).join('\n')}
                  With tfjs-webgpu-prod:FLAG=VALUE a flag of TensorFlow.js is set. PyTorch is taken from
                  the first of $PYTHON, python3 and /usr/bin/python3 that has it.
  --measure WHAT  step              whole steps, their starts and memory (default)
                  ops               operation by operation
                  plan              every dispatch or kernel call of our step (npm run plan)
                  threads           steps on 1 thread to all
                  sweep             steps at --widths and --batches, as a plot too
                  inspect           steps while every layer is looked into, against steps alone; both engines
                  growth            the app where much is stored against where nothing is, on WebAssembly
                  flags             TensorFlow.js on WebGPU with its flags, one by one
                  time-to-accuracy  training on MNIST until 98 % and 99 % of the validation images
  --arch NAME     alexnet or lenet5 (default alexnet)
  --norm NAME     lrn or none, of all contestants (default lrn)
  --width NUMBER  of the network, 0.0625 to 1 (default 0.25)
  --batch NUMBER  images in a step (default 32; of time-to-accuracy 100)
  --widths LIST   of a sweep (default 0.0625,0.125,0.25,0.5,1)
  --batches LIST  of a sweep (default 1,8,32,100)
  --rounds NUMBER of all contestants in turns (default 5; of plan and growth 3)
  --threads NUM   of all that can choose (default all cores)
  --seeds LIST    of time-to-accuracy (default 1,2,3)
  --steps NUMBER  the most of time-to-accuracy (default 3000)
  --require-gpu   ends at once where the WebGPU adapter is software
  --headed        shows the browser, which reaches a GPU on some machines only then; CHROMIUM_FLAGS in the
                  environment are handed to it, on Linux often "--enable-features=Vulkan
                  --use-angle=vulkan --ignore-gpu-blocklist"
  --out FOLDER    keeps the plots there
  --json          one JSON object in the place of the tables`;

/**
 * @param {readonly string[]} words what stands behind the command
 * @returns what is asked for; undefined where that is how to call it
 */
export function readCommandLine(words) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const args = readArguments(
    {
      usage,
      options: {
        ...{ engine: text, measure: text, arch: text, norm: text, width: text, batch: text },
        ...{ widths: text, batches: text, rounds: text, only: text, threads: text, seeds: text },
        ...{ steps: text, out: text, node: flag, json: flag, headed: flag, 'require-gpu': flag },
      },
    },
    words,
  );
  const { values, flags } = args;
  if (flags.has('help')) return undefined;
  const inNode = flags.has('node');
  const engine = oneOf('engine', values.engine ?? (inNode ? 'webgpu' : 'wasm'), ['wasm', 'webgpu']);
  const names = /** @type {import('./measures/measure.mjs').MeasureName[]} */ (
    Object.keys(measures)
  );
  const measure = oneOf('measure', values.measure ?? 'step', names);
  const arch = oneOf('arch', values.arch ?? 'alexnet', ['alexnet', 'lenet5']);
  const norm = oneOf('norm', values.norm ?? 'lrn', ['lrn', 'none']);
  refuseUnused(measure, Object.keys(values));
  const only = values.only?.split(',') ?? usualOf(measure, engine);
  for (const name of only) {
    if (!entrantOf(name)) throw new UsageError(`There is no contestant "${name}".`);
  }
  const toAccuracy = measure === 'time-to-accuracy';
  const cores = availableParallelism();
  const count = (
    /** @type {string} */ name,
    /** @type {number} */ most,
    /** @type {number} */ usual,
  ) => readCount(name, values[name] ?? String(usual), most);
  return {
    ...{ measure, inNode, json: flags.has('json'), headed: flags.has('headed'), out: values.out },
    requireGpu: flags.has('require-gpu'),
    options: {
      ...{
        engine,
        only,
        rounds: count('rounds', 1000, measure === 'plan' || measure === 'growth' ? 3 : 5),
      },
      ...{ threads: count('threads', 256, cores), steps: count('steps', 1e6, 3000) },
      seeds: listOf('seeds', values.seeds ?? '1,2,3', (one) =>
        readCount('seeds', one, 2 ** 32 - 1),
      ),
      widths: listOf('widths', values.widths ?? '0.0625,0.125,0.25,0.5,1', (one) =>
        readWidth('widths', one),
      ),
      batches: listOf('batches', values.batches ?? '1,8,32,100', (one) =>
        readCount('batches', one, 1024),
      ),
      spec: {
        ...{ arch, norm, width: readWidth('width', values.width ?? '0.25') },
        ...{ batch: count('batch', 1024, toAccuracy ? 100 : 32) },
        ...{ dropout: 0.5, seed: 1, data: /** @type {const} */ ('noise') },
      },
      pace: {},
    },
  };
}

/** Options that not every measurement heeds, with those that do. @type {Readonly<Record<string, readonly string[]>>} */
const heeding = {
  only: ['step', 'ops', 'threads', 'sweep', 'time-to-accuracy'],
  rounds: ['step', 'ops', 'plan', 'threads', 'sweep', 'flags', 'inspect', 'growth'],
  ...{ widths: ['sweep'], batches: ['sweep'] },
  width: ['step', 'ops', 'plan', 'threads', 'flags', 'inspect', 'time-to-accuracy'],
  batch: ['step', 'ops', 'plan', 'threads', 'flags', 'inspect', 'time-to-accuracy'],
  ...{ seeds: ['time-to-accuracy'], steps: ['time-to-accuracy'] },
};

/** What would change nothing is a misunderstanding. @param {string} measure @param {readonly string[]} given */
function refuseUnused(measure, given) {
  const unused = given.find((name) => heeding[name] && !heeding[name].includes(measure));
  if (unused === undefined) return;
  throw new UsageError(
    `--${unused} says nothing to --measure ${measure}; it is for ${heeding[unused]?.join(', ')}.`,
  );
}

/** @param {string} measure @param {'webgpu' | 'wasm'} engine */
function usualOf(measure, engine) {
  const all = usual[engine] ?? [];
  if (engine === 'webgpu') return all;
  // jax-js takes a hundred times as long as the others on WebAssembly: where many steps are made it is
  // left out, unless it is named.
  if (measure === 'sweep') return ['ours-wasm', 'torch-best'];
  if (measure === 'threads') return ['ours-wasm', 'torch', 'torch-best'];
  if (measure === 'time-to-accuracy') return ['ours-wasm', 'torch-best', 'torch'];
  return all;
}

/**
 * @template {string} T
 * @param {string} name @param {string} text @param {readonly T[]} known
 */
function oneOf(name, text, known) {
  const found = known.find((each) => each === text);
  if (!found) throw new UsageError(`--${name} is one of ${known.join(', ')}, not "${text}".`);
  return found;
}

/** @param {string} name @param {string} text @param {(one: string) => number} read */
function listOf(name, text, read) {
  const list = text.split(',').map(read);
  if (new Set(list).size < list.length) throw new UsageError(`--${name} has a number twice.`);
  return list;
}

/** @param {string} name @param {string} text */
const readWidth = (name, text) => readNumber(name, text, 1 / 16, 1);

/** @param {string} name @param {string} text @param {number} min @param {number} max */
function readNumber(name, text, min, max) {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw new UsageError(`--${name} is a number from ${min} to ${max}, not "${text}".`);
}

/** @param {string} name @param {string} text @param {number} max */
function readCount(name, text, max) {
  if (/^\d+$/.test(text)) return readNumber(name, text, 1, max);
  throw new UsageError(`--${name} is a whole number, not "${text}".`);
}
