import { describe, expect, it } from 'vitest';
import { Notices } from './notices.mjs';

function start() {
  /** @type {import('./report.mjs').CliEvent[]} */
  const events = [];
  /** @type {Error[]} */
  const gaveUp = [];
  const notices = new Notices(
    (event) => events.push(event),
    (error) => gaveUp.push(error),
  );
  return { events, gaveUp, notices };
}

const saved = /** @type {const} */ ({ event: 'saved', path: 'out' });
const refusal = /** @type {const} */ ({
  kind: 'error',
  message: 'No room.',
  code: 'storage.quota',
});
const fault = /** @type {const} */ ({ kind: 'error', message: 'It broke.', code: 'worker.failed' });

describe('what the page tells its visitors', () => {
  it('is told at once where it is a warning or news', () => {
    const { events, notices } = start();
    notices.add({ kind: 'warning', message: 'Resampled.', code: 'assumed.resampled' });
    notices.add({ kind: 'info', message: 'Another engine.' });
    expect(events).toEqual([
      { event: 'notice', kind: 'warning', message: 'Resampled.', code: 'assumed.resampled' },
      { event: 'notice', kind: 'info', message: 'Another engine.' },
    ]);
  });

  it('is told once where it is why the command fails, whichever comes first', () => {
    const { events, notices } = start();
    const error = /** @type {const} */ ({ event: 'error', name: 'Error', message: 'No room.' });
    notices.add(refusal);
    notices.report(error);
    notices.add(refusal);
    notices.flush();
    expect(events).toEqual([error]);
  });

  it('is told with the next thing done where the command goes on', () => {
    const { events, notices } = start();
    notices.add(refusal);
    expect(events).toEqual([]);
    notices.report(saved);
    expect(events).toEqual([{ event: 'notice', ...refusal }, saved]);
  });

  it('ends the command where the engine fails again and again, and nothing is done between', () => {
    const { gaveUp, notices } = start();
    for (let i = 0; i < 2; i++) notices.add(fault);
    notices.report(saved);
    for (let i = 0; i < 2; i++) notices.add(fault);
    expect(gaveUp).toEqual([]);
    notices.add(fault);
    expect(gaveUp).toMatchObject([{ message: expect.stringMatching(/3 times.*It broke[.]$/) }]);
  });
});
