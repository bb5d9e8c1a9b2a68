import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LineHost } from './lineHost.mjs';
import { ticksOf } from './processes.mjs';

/** Answers after 300 ms, and computes all the while, asked or not. */
const restless = `
process.stdin.on('data', () => setTimeout(() => process.stdout.write('{}\\n'), 300));
setInterval(() => { const end = Date.now() + 20; while (Date.now() < end); }, 1);
`;
/** Hundredths of a second. */
const LEAST_WHILE_ASKED = 5;
const MOST_WHILE_WAITING = 1;

it.runIf(process.platform === 'linux')(
  'a process computes while it is asked, and not while others have their turn',
  async () => {
    const host = new LineHost(process.execPath, ['-e', restless]);
    const pids = await host.pids();
    const ticks = async () => [...(await ticksOf(pids)).values()][0] ?? Number.NaN;
    try {
      await host.ask({ do: 'validate' });
      const [first] = [await ticks(), await wait(500)];
      const second = await ticks();
      await host.ask({ do: 'validate' });
      const third = await ticks();
      expect(second - first).toBeLessThanOrEqual(MOST_WHILE_WAITING);
      expect(third - second).toBeGreaterThanOrEqual(LEAST_WHILE_ASKED);
    } finally {
      await host.close();
    }
  },
);
