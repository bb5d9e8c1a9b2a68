// Imported first by every command, so that an old Node meets a sentence and not a stack trace.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!isSupported(major, minor)) {
  console.error(
    `AlexNet Workbench needs Node.js 20.19 or newer, but this is ${process.versions.node}. ` +
      'Install a current version from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

/**
 * Vite's own range: 20.19 or newer in its line, 22.12 or newer.
 * @param {number} major
 * @param {number} minor
 */
export function isSupported(major, minor) {
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}
