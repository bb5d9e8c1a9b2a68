import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inProject } from '../../scripts/lib/paths.mjs';
import { SetupError } from '../../scripts/lib/say.mjs';

/** @typedef {import('../cpu/torch.ts').TorchRequest} TorchRequest */
/** @typedef {import('../cpu/torch.ts').TorchAnswer} TorchAnswer */

/** The Pythons that are asked for torch, in this order. */
const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(
  (name) => name !== undefined,
);

/** PyTorch in a process of its own, which starts when it is first asked for something. */
export class TorchProcess {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {AsyncIterator<string> | undefined} */
  #answers;

  /** @param {TorchRequest} request @returns {Promise<TorchAnswer>} */
  async ask(request) {
    if (!this.#child) {
      const python = await findPython();
      if (!python) return { missing: `none of ${candidates.join(', ')} has PyTorch` };
      this.#start(python);
    }
    this.#child?.stdin?.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#answers?.next();
    if (!answer || answer.done) throw new SetupError('The process with PyTorch has ended.');
    return JSON.parse(answer.value);
  }

  /** @param {string} python */
  #start(python) {
    const child = spawn(python, [inProject('bench/lib/torchStep.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // Threads that spin while they wait lose a time slice for each wait whenever anything else
      // runs on a core, and PyTorch then takes five times as long. On an idle machine it is the same.
      env: { OMP_WAIT_POLICY: 'passive', ...process.env },
    });
    // Who writes to a process that has ended hears of it by the answer that does not come.
    child.stdin.on('error', () => {});
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  close() {
    this.#child?.kill();
  }
}

async function findPython() {
  for (const name of candidates) if (await hasTorch(name)) return name;
  return undefined;
}

/** @param {string} python */
async function hasTorch(python) {
  const child = spawn(python, ['-c', 'import torch'], { stdio: 'ignore' });
  const [status] = await once(child, 'close').catch(() => [1]);
  return status === 0;
}
