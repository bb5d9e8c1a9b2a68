import { parseArgs } from 'node:util';
import { UsageError } from './say.mjs';

/**
 * Node's parser of command lines, with its refusals as `UsageError`s.
 * @template {import('node:util').ParseArgsConfig} Config
 * @param {Config} config
 * @returns {ReturnType<typeof parseArgs<Config>>}
 */
export function readOptions(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
