import { spawn } from 'node:child_process';

/**
 * Asks the desktop to show the address in the user's browser; where there is none, nothing happens.
 * @param {string} url
 */
export function openInBrowser(url) {
  const [program, ...args] = opener(url);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no such program: the address stands in the terminal
  child.unref();
}

/** @param {string} url @returns {[string, ...string[]]} */
function opener(url) {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return ['xdg-open', url];
}
