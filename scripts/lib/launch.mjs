/**
 * The arguments with which a Chromium without a window offers WebGPU, on a GPU if there is one and
 * else in software, and talks to nobody. Shared by the command line and every test in a browser.
 */
export const browserArgs = [
  '--enable-unsafe-webgpu',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-first-run',
  // Root has no right to a sandbox on most systems, and build machines run as root.
  ...(process.getuid?.() === 0 || process.env.CI ? ['--no-sandbox'] : []),
];

/**
 * Starts a Chromium, without a window unless one is asked for, on a new profile that is deleted when it is
 * closed, or on that of a folder, which stays.
 * @param {string} executablePath
 * @param {import('playwright').BrowserContextOptions & { args?: string[], headless?: boolean }} [options]
 * @param {string} [profile]
 * @returns {Promise<import('playwright').BrowserContext>}
 */
export async function launch(executablePath, options = {}, profile = '') {
  const { chromium } = await import('playwright');
  return chromium.launchPersistentContext(profile, {
    ...options,
    executablePath,
    headless: options.headless ?? true,
    args: [...browserArgs, ...flagsFromEnvironment(), ...(options.args ?? [])],
    // Our commands close the browser themselves when they are interrupted.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}

/** Of CHROMIUM_FLAGS: what this machine's browser needs to reach its GPU, say. */
const flagsFromEnvironment = () => (process.env.CHROMIUM_FLAGS ?? '').split(/\s+/).filter(Boolean);
