import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {import('node:child_process').StdioOptions} [stdio] 'inherit' unless said otherwise
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 * @property {string} [cwd]
 * @property {number} [timeoutMs] ends the program after this time
 */

/**
 * Runs a program and gives its exit status: 127 if it cannot be started, 124 if its time ran out,
 * 128 + 9 or the like if a signal ended it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  const { stdio = 'inherit', env, cwd, timeoutMs } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio, cwd, env: { ...process.env, ...env } });
    let timedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    const settle = (/** @type {number} */ status) => {
      clearTimeout(timer);
      resolve(timedOut ? 124 : status);
    };
    child.on('error', () => settle(127));
    child.on('exit', (code, signal) => settle(code ?? (signal === 'SIGINT' ? 130 : 137)));
  });
}
