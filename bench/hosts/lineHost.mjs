import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SetupError } from '../../scripts/lib/say.mjs';

/** @typedef {import('../page/protocol.ts').HostRequest} HostRequest */
/** @typedef {import('../page/protocol.ts').HostAnswer} HostAnswer */

/**
 * A contestant in a process of its own, which is asked by lines of JSON. Between an answer and the next
 * question the process is stopped: threads that spin while they wait would else take a core from those whose
 * turn it is.
 */
export class LineHost {
  #child;
  #answers;

  /** @param {string} program @param {readonly string[]} args @param {Readonly<Record<string, string>>} [env] */
  constructor(program, args, env = {}) {
    const child = spawn(program, [...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
      // A group of its own: Ctrl-C is for us, who then close it.
      detached: true,
    });
    // Who writes to a process that has ended hears of it by the answer that does not come.
    child.stdin.on('error', () => {});
    child.on('error', () => {});
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** @param {HostRequest} request @returns {Promise<HostAnswer>} */
  async ask(request) {
    this.#signal('SIGCONT');
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#answers.next();
    this.#signal('SIGSTOP');
    if (answer.done) throw new SetupError('A process that takes part has ended.');
    return JSON.parse(answer.value);
  }

  /** To all of its group, where there are such signals. @param {'SIGSTOP' | 'SIGCONT'} signal */
  #signal(signal) {
    const { pid } = this.#child;
    if (pid === undefined || process.platform === 'win32') return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended, of which the answer tells.
    }
  }

  /** Whose memory is counted. */
  async pids() {
    return this.#child.pid === undefined ? [] : [this.#child.pid];
  }

  async close() {
    this.#child.kill('SIGKILL');
  }
}
