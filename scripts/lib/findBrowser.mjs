import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inProject, root } from './paths.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

/**
 * A Chromium for the tests and the command line, which run the real app without a window.
 */

const installTimeoutMs = 5 * 60_000;

/** The programs' names on the path, best first. */
const programNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/**
 * The executable of a Chromium: the one that CHROMIUM_PATH names, Playwright's own, the system's,
 * or one that is installed now.
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (await isExecutable(named)) return named;
    throw new SetupError(`CHROMIUM_PATH is ${named}, but there is no program that can be run.`);
  }
  return (await existingBrowser()) ?? (await installedBrowser());
}

async function existingBrowser() {
  const bundled = await bundledPath();
  const candidates = [...(bundled ? [bundled] : []), ...systemPaths()];
  for (const path of candidates) if (await isExecutable(path)) return path;
  return undefined;
}

/** @returns {Promise<string>} */
async function installedBrowser() {
  say('There is no Chromium on this machine yet. Installing the one that Playwright offers ...');
  const playwright = inProject('node_modules/playwright/cli.js');
  // The browser that npm's postinstall scripts would fetch; they are switched off here.
  await runQuietly(process.execPath, [playwright, 'install', 'chromium']);
  const first = await existingBrowser();
  if (first) return first;

  if (process.getuid?.() === 0 && (await isExecutable('/usr/bin/apt-get'))) {
    say("Playwright's could not be had. Installing the system's with apt-get ...");
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('apt-get', ['update', '-qq'], env);
    await runQuietly('apt-get', ['install', '-y', '-qq', 'chromium'], env);
    const second = await existingBrowser();
    if (second) return second;
  }
  throw new SetupError(
    'No Chromium was found and none could be installed. Install Chromium, Chrome or Edge, or set ' +
      'CHROMIUM_PATH to the executable of one, and run the command again.',
  );
}

/** Where Playwright keeps its own Chromium, whether or not it is there. */
async function bundledPath() {
  const { chromium } = await import('playwright');
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright has none for this system
  }
}

function systemPaths() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const programs = [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return folders.flatMap((folder) =>
      folder ? programs.map((program) => join(folder, program)) : [],
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return programNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
function runQuietly(program, args, env) {
  return run(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    timeoutMs: installTimeoutMs,
    ...(env ? { env } : {}),
  });
}

/** @param {string} path */
async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
