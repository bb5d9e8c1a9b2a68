/**
 * Calls of the workbench in the page. The functions handed to `page.evaluate` run there; what they
 * throw would come back as a text, so each settles into a value or a plain description of the error.
 */

/** @typedef {import('playwright').Page} Page */
/** @typedef {{ name: string, message: string, code?: string }} ErrorDescription */
/** @typedef {<T>(work: () => Promise<T>) => Promise<{ value: T } | { error: ErrorDescription }>} Settle */

/** An error that the page threw. */
export class PageError extends Error {
  /** @param {ErrorDescription} description */
  constructor({ name, message, code }) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/** Makes `settle` known to the page; to be called before it is opened. @param {Page} page */
export async function prepareCalls(page) {
  await page.addInitScript(() => {
    Object.assign(window, {
      settle: async (/** @type {() => Promise<unknown>} */ work) => {
        try {
          return { value: await work() };
        } catch (error) {
          const { name = 'Error', message = String(error), code } = /** @type {any} */ (error);
          return { error: code === undefined ? { name, message } : { name, message, code } };
        }
      },
    });
  });
}

/**
 * The value that an answer of `settle` holds; throws the error that it holds instead.
 * @template T
 * @param {{ value: T } | { error: ErrorDescription }} answer
 * @returns {T}
 */
export function unwrap(answer) {
  if ('error' in answer) throw new PageError(answer.error);
  return answer.value;
}

/**
 * Files of this machine as a file input of the page, which reads them from the disk: no size is
 * too large.
 * @param {Page} page
 * @param {readonly string[]} paths
 */
export async function fileInput(page, paths) {
  const input = await page.evaluateHandle(() =>
    Object.assign(document.createElement('input'), { type: 'file', multiple: true }),
  );
  await input.setInputFiles([...paths]);
  return input;
}
