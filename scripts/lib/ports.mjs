import { SetupError } from './say.mjs';

/**
 * Another program has it; or the system keeps it for itself, as Windows does with ranges for its virtual
 * machines that change at every start.
 */
const takenCodes = ['EADDRINUSE', 'EACCES'];

/**
 * Opens the first of these ports that can be had.
 * @template T
 * @param {readonly number[]} ports
 * @param {(port: number) => Promise<T>} open
 * @returns {Promise<{ opened: T, port: number }>}
 */
export async function openFreePort(ports, open) {
  for (const port of ports) {
    try {
      return { opened: await open(port), port };
    } catch (error) {
      const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
      if (takenCodes.includes(code)) continue;
      throw new SetupError(`Port ${port} cannot be used: ${message}`);
    }
  }
  throw new SetupError(
    ports.length === 1
      ? `Port ${ports[0]} is taken or reserved. Choose another one with PORT, or leave PORT out.`
      : `Ports ${ports[0]} to ${ports.at(-1)} are all taken or reserved. Choose another one with PORT.`,
  );
}
