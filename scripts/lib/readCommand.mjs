import { parseArgs } from 'node:util';
import { UsageError } from './say.mjs';

/**
 * How a command is called, and what it was called with. Whatever a command does not ask for is refused:
 * a word that is passed over may have been meant to change what is done.
 */

/**
 * @typedef {object} OptionSpec
 * @property {'string' | 'boolean'} type
 * @property {string} [short] one letter
 * @property {boolean} [multiple] whether it may be given several times
 * @property {boolean} [takesMore] whether the words behind its value, up to the next option, are its too
 */

/**
 * @typedef {object} CommandSpec
 * @property {string} usage how to call it
 * @property {Readonly<Record<string, OptionSpec>>} [options] besides `--help`, which all have
 * @property {string} [words] what stands by itself, as `IMAGE`, where anything may
 */

/**
 * @typedef {object} CommandArguments
 * @property {Readonly<Record<string, string | undefined>>} values of the options that take one, by name
 * @property {Readonly<Record<string, readonly string[] | undefined>>} lists all values of each of them
 * @property {ReadonlySet<string>} flags names of the options without a value that were given
 * @property {readonly string[]} words what stood by itself
 */

const help = /** @type {const} */ ({ type: 'boolean', short: 'h' });

/**
 * Reads what this process was called with. Undefined where that was only a call for help, which is
 * then given.
 * @param {CommandSpec} spec
 * @returns {CommandArguments | undefined}
 */
export function readCommand(spec) {
  const read = readArguments(spec, process.argv.slice(2));
  if (!read.flags.has('help')) return read;
  console.log(spec.usage);
  return undefined;
}

/**
 * @param {CommandSpec} spec
 * @param {readonly string[]} args
 * @returns {CommandArguments}
 */
export function readArguments({ options = {}, words: wanted }, args) {
  /** @type {Record<string, string[]>} */
  const lists = {};
  /** @type {Set<string>} */
  const flags = new Set();
  /** @type {string[]} */
  const words = [];
  /** @type {string | undefined} the option that the next word belongs to */
  let taker;
  for (const token of tokensOf({ ...options, help }, args)) {
    if (token.kind === 'positional') {
      if (taker !== undefined) lists[taker]?.push(token.value);
      else if (wanted !== undefined) words.push(token.value);
      else throw new UsageError(`"${token.value}" belongs to no option.`);
      continue;
    }
    taker = undefined;
    if (token.kind === 'option-terminator') continue;
    const { name, value } = token;
    const isKnown = flags.has(name) || Object.hasOwn(lists, name);
    if (isKnown && !options[name]?.multiple) {
      throw new UsageError(`--${name} is given more than once.`);
    }
    if (value === undefined) flags.add(name);
    else lists[name] = [...(lists[name] ?? []), value];
    if (options[name]?.takesMore) taker = name;
  }
  const values = Object.entries(lists).map(([name, [first]]) => [name, first]);
  return { values: Object.fromEntries(values), lists, flags, words };
}

/**
 * Node's parser, with its refusals of unknown options and absent values as `UsageError`s.
 * @param {Readonly<Record<string, OptionSpec>>} options
 * @param {readonly string[]} args
 */
function tokensOf(options, args) {
  const plain = Object.entries(options).map(([name, { type, short }]) => [
    name,
    { type, multiple: true, ...(short === undefined ? {} : { short }) },
  ]);
  try {
    return parseArgs({
      ...{ args: [...args], options: Object.fromEntries(plain) },
      ...{ allowPositionals: true, tokens: true },
    }).tokens;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
