import { SetupError } from '../../scripts/lib/say.mjs';

/**
 * Puts a figure between its markers, and leaves the rest of the page as it is.
 * @param {string} page
 * @param {string} name
 * @param {string} content
 */
export function withFigure(page, name, content) {
  const { start, end } = placeOf(page, name);
  return `${page.slice(0, start)}\n${content.trim()}\n${page.slice(end)}`;
}

/** What stands there now. @param {string} page @param {string} name */
export function figureIn(page, name) {
  const { start, end } = placeOf(page, name);
  return page.slice(start, end).trim();
}

/** @param {string} page */
export function namesIn(page) {
  return [...page.matchAll(/^<!-- figures:([\w-]+) -->$/gm)].map(([, name = '']) => name);
}

/** @param {string} page @param {string} name */
function placeOf(page, name) {
  const [open, close] = [`<!-- figures:${name} -->`, `<!-- /figures:${name} -->`];
  const from = page.indexOf(open);
  const end = page.indexOf(close, from);
  const isOnce = page.indexOf(open, from + 1) === -1 && page.indexOf(close, end + 1) === -1;
  if (from === -1 || end === -1 || !isOnce) {
    throw new SetupError(`A page needs ${open} and ${close} once each, in this order.`);
  }
  return { start: from + open.length, end };
}
