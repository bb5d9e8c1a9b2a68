/**
 * A line for the person at the terminal. It goes to standard error, so that what a command gives
 * (JSON lines, say) stands alone on standard output.
 * @param {string} line
 */
export function say(line) {
  console.error(line);
}

/** An expected failure, told to the user as its message alone. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/** The command was called in a way that it does not know; told together with how to call it. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/**
 * Runs a command to its end: an expected failure becomes a sentence, anything else a stack trace.
 * @param {() => Promise<number | undefined | void>} command gives the exit status; 0 if nothing
 * @param {string} [usage] how to call it
 */
export async function runCommand(command, usage = '') {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    const isCallers = error instanceof UsageError;
    const isExpected = isCallers || error instanceof SetupError;
    console.error(isExpected ? error.message : error);
    if (isCallers && usage) console.error(`\n${usage}`);
    process.exitCode = isCallers ? 2 : 1;
  }
}
