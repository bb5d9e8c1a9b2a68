import { stat } from 'node:fs/promises';
import { UsageError } from '../../lib/say.mjs';

/**
 * What the command line may ask for. The page checks all of this again; it stands here too so that
 * a mistake is answered at once and not after a browser has started. A test holds it to the page's
 * own tables.
 */

export const choices = {
  recipe: ['quick', 'seed', 'improved'],
  engine: ['auto', 'webgpu', 'wasm', 'tfjs', 'webgl', 'cpu'],
  combine: ['mean', 'vote'],
};

/** What every command that opens the page can be asked. */
export const commonOptions = /** @type {const} */ ({
  data: { type: 'string', takesMore: true },
  engine: { type: 'string' },
  json: { type: 'boolean' },
});

/**
 * Options that are one of a few words: the control of the recipe that each sets, and the words.
 * @type {Record<string, { control: string, words: readonly string[] }>}
 */
export const words = {
  arch: { control: 'architecture', words: ['alexnet', 'alexnet-towers', 'allconv', 'lenet5'] },
  norm: { control: 'normalization', words: ['lrn', 'batch', 'none'] },
  schedule: { control: 'schedule', words: ['constant', 'step', 'cosine', 'oneCycle'] },
  init: { control: 'initializer', words: ['he', 'normal'] },
  scaling: { control: 'scaling', words: ['minmax', 'standard'] },
  best: { control: 'keepBest', words: ['off', 'on'] },
  mirror: { control: 'mirror', words: ['off', 'on'] },
};

/**
 * Options that are numbers: the control of the recipe that each sets, and its range, ends included.
 * @type {Record<string, { control: string, min: number, max: number, whole?: boolean }>}
 */
export const numbers = {
  width: { control: 'width', min: 1 / 16, max: 1 },
  batch: { control: 'batchSize', min: 1, max: 1024, whole: true },
  steps: { control: 'steps', min: 1, max: 1_000_000, whole: true },
  lr: { control: 'learningRate', min: 1e-7, max: 1 },
  dropout: { control: 'dropout', min: 0, max: 0.95 },
  warmup: { control: 'warmup', min: 0, max: 1_000_000, whole: true },
  decay: { control: 'weightDecay', min: 0, max: 1 },
  smoothing: { control: 'labelSmoothing', min: 0, max: 0.5 },
  averaging: { control: 'averaging', min: 0, max: 0.9999 },
  patience: { control: 'patience', min: 0, max: 1000, whole: true },
  shift: { control: 'shift', min: 0, max: 16 },
  rotate: { control: 'rotate', min: 0, max: 180 },
  scale: { control: 'scale', min: 0, max: 0.9 },
  shear: { control: 'shear', min: 0, max: 1 },
  elastic: { control: 'elastic', min: 0, max: 8 },
  thickness: { control: 'thickness', min: 0, max: 2 },
  brightness: { control: 'brightness', min: 0, max: 1 },
  contrast: { control: 'contrast', min: 0, max: 1 },
  erase: { control: 'erase', min: 0, max: 1 },
  lighting: { control: 'lighting', min: 0, max: 1 },
  seed: { control: 'seed', min: 0, max: 4_294_967_295, whole: true },
  'validation-images': { control: 'validationImages', min: 1, max: 1_000_000, whole: true },
  'validation-interval': { control: 'validationInterval', min: 1, max: 1_000_000, whole: true },
};

/**
 * @param {keyof typeof choices} name
 * @param {string | undefined} value
 */
export function readChoice(name, value) {
  return value === undefined ? undefined : readWord(name, value, choices[name]);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {readonly string[]} known
 */
function readWord(name, text, known) {
  if (known.includes(text)) return text;
  throw new UsageError(`--${name} is "${text}"; ${known.join(', ')} can be chosen.`);
}

/**
 * The changes of the recipe that the options ask for.
 * @param {Readonly<Record<string, string | undefined>>} values by the options' names
 * @returns {Record<string, number | string>}
 */
export function readChanges(values) {
  /** @param {Record<string, { control: string }>} options */
  const asked = (options) => Object.keys(options).filter((name) => values[name] !== undefined);
  return Object.fromEntries([
    ...asked(numbers).map((name) => {
      const rule = numbers[name];
      return [rule?.control, rule && readNumber(name, values[name] ?? '', rule)];
    }),
    ...asked(words).map((name) => {
      const rule = words[name];
      return [rule?.control, rule && readWord(name, values[name] ?? '', rule.words)];
    }),
  ]);
}

/** How many threads the machine can be asked to train on. */
export const threadRange = { min: 1, max: 256, whole: true };

/** @param {string | undefined} value */
export function readThreads(value) {
  return value === undefined ? undefined : readNumber('threads', value, threadRange);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {{ min: number, max: number, whole?: boolean }} rule
 */
export function readNumber(name, text, { min, max, whole = false }) {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const isGood = value >= min && value <= max && (!whole || Number.isInteger(value));
  if (isGood) return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new UsageError(`--${name} is "${text}"; ${kind} from ${min} to ${max} was expected.`);
}

/** @param {string | undefined} path */
export async function readWeightsPath(path) {
  if (path === undefined) throw new UsageError('--weights names the file of weights.');
  await requireFile(path);
  return path;
}

/** @param {string} path */
export async function requireFile(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`There is no file ${path}.`);
}
