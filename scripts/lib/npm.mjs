import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * How npm is called: the one that runs us, or the one beside Node, as a script for this Node; else by its
 * name. `npm_execpath` is set by yarn and pnpm too, and is theirs then.
 * @param {{ npm_execpath?: string | undefined }} env
 * @param {{ execPath: string, platform: string }} node
 * @param {(path: string) => boolean} [exists]
 * @returns {{ program: string, args: readonly string[] }}
 */
export function npmCommand(
  { npm_execpath: running = '' },
  { execPath, platform },
  exists = existsSync,
) {
  const scripts = [
    ...(basename(running.replaceAll('\\', '/')) === 'npm-cli.js' ? [running] : []),
    // Where Node's installers put it, on Windows and elsewhere.
    join(dirname(execPath), 'node_modules/npm/bin/npm-cli.js'),
    join(dirname(execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ];
  const script = scripts.find(exists);
  if (script) return { program: execPath, args: [script] };
  // Windows starts npm.cmd through its shell alone; Node's own way there warns of every argument.
  return platform === 'win32'
    ? { program: 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] }
    : { program: 'npm', args: [] };
}
