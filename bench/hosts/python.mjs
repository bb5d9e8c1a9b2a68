import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from '../../scripts/lib/paths.mjs';
import { LineHost } from './lineHost.mjs';

/** The Pythons that are asked for torch, in this order. */
export const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(
  (name) => name !== undefined,
);

/** @type {Promise<string | undefined> | undefined} */
let found;

/** A Python that has PyTorch. @returns {Promise<string | undefined>} */
export function findPython() {
  found ??= (async () => {
    for (const name of candidates) if (await hasTorch(name)) return name;
    return undefined;
  })();
  return found;
}

/** @param {string} python */
async function hasTorch(python) {
  const child = spawn(python, ['-c', 'import torch'], { stdio: 'ignore' });
  const [status] = await once(child, 'close').catch(() => [1]);
  return status === 0;
}

/**
 * @param {string} python @param {string} module @param {number} threads
 * @param {Readonly<Record<string, string>>} [env]
 */
export const openPython = (python, module, threads, env) =>
  new LineHost(python, [inProject(`bench/contestants/${module}`)], {
    ...threadsIn(threads),
    ...env,
  });

/**
 * The environment in which native libraries take so many threads. They read it when they are loaded, and a
 * library of matrix products that has threads of its own heeds nothing else.
 * @param {number} threads
 */
export function threadsIn(threads) {
  const count = String(threads);
  return {
    ...{ OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
    ...{ BLIS_NUM_THREADS: count, VECLIB_MAXIMUM_THREADS: count },
    // Either may else take fewer than it was told, by what else is going on.
    ...{ OMP_DYNAMIC: 'false', MKL_DYNAMIC: 'false' },
  };
}
