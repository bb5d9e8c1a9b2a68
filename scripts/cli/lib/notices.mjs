import { SetupError } from '../../lib/say.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {{ kind: 'error' | 'warning' | 'info', message: string, code?: string }} Notice */

/** What befell the training worker, after which the page starts another one. */
const faultCodes = ['worker.failed', 'worker.silent', 'engine.lost', 'engine.gpuError'];
/** As many with nothing done between them, and the next one would fail too. */
const mostFaults = 3;

/**
 * Tells what the page tells its visitors. A refusal stands among the page's notices too: it is an error
 * of the command, and told once.
 */
export class Notices {
  /** @type {string[]} */
  #told = [];
  /** Refusals that may yet turn out to be the command's. @type {Notice[]} */
  #held = [];
  #faults = 0;
  #out;
  #giveUp;

  /**
   * @param {Report} out
   * @param {(error: Error) => void} giveUp called where the command would never end
   */
  constructor(out, giveUp) {
    this.#out = out;
    this.#giveUp = giveUp;
  }

  /** What the command itself has to say. @type {Report} */
  report = (event) => {
    if (event.event === 'error') {
      this.#told.push(event.message);
      this.#held = this.#held.filter(({ message }) => !event.message.endsWith(message));
    } else {
      this.#faults = 0;
      this.flush();
    }
    this.#out(event);
  };

  /** @param {Notice} notice */
  add(notice) {
    if (notice.kind !== 'error') this.#out({ event: 'notice', ...notice });
    else if (!this.#told.some((message) => message.endsWith(notice.message)))
      this.#held.push(notice);
    if (!faultCodes.includes(notice.code ?? '')) return;
    this.#faults++;
    if (this.#faults === mostFaults) {
      const reason = `The engine failed ${mostFaults} times without a step between.`;
      this.#giveUp(new SetupError(`${reason} ${notice.message}`));
    }
  }

  /** Tells what has waited. */
  flush() {
    for (const notice of this.#held.splice(0)) this.#out({ event: 'notice', ...notice });
  }
}

/** Why the engine is another one than the best, where nobody chose it. @type {Record<string, string>} */
const engineReasons = {
  softwareAdapter: 'WebGPU is there, but only in software',
  noAdapter: 'no WebGPU adapter answered',
  noWebgpu: 'this browser has no WebGPU',
};

/**
 * Hands on every notice of the page, those that stand there already first.
 * @param {import('playwright').Page} page
 * @param {Notices} notices
 */
export async function followNotices(page, notices) {
  await page.exposeFunction('reportNotice', (/** @type {Notice} */ notice) => notices.add(notice));
  const engine = await page.evaluate(() => {
    const { workbench, reportNotice } = /** @type {any} */ (window);
    let lastId = 0;
    /** @param {import('../../../src/app/state.ts').WorkbenchState} state */
    const tellNew = ({ notices }) => {
      for (const { id, kind, message, code } of notices) {
        if (id <= lastId) continue;
        lastId = id;
        reportNotice(code === undefined ? { kind, message } : { kind, message, code });
      }
    };
    workbench.subscribe(tellNew);
    tellNew(workbench.state());
    return /** @type {import('../../../src/app/state.ts').WorkbenchState} */ (workbench.state())
      .engine;
  });
  const reason = engine && engineReasons[engine.reason];
  if (reason) notices.add({ kind: 'info', message: `The engine is ${engine.name}: ${reason}.` });
}
