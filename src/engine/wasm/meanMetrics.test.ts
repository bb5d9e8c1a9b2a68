import { expect, it } from 'vitest';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();

it.each([1, 3])('the means of a batch go where the step says, with %i threads', (threads) => {
  lab.clear();
  const metrics = lab.result(2);
  const step = lab.bytes(12);
  lab.writeBytes(step, new Uint8Array(Uint32Array.of(0, 0, metrics).buffer));
  // In single precision the small losses would be lost beside the large one.
  const losses = lab.floats([16_777_216, 1, 1, 1, 1, 1, 1, 1]);
  const right = lab.floats([1, 0, 0, 1, 0, 0, 0, 1]);

  lab.run('meanMetrics', [losses, right, step, 8], threads);

  expect([...lab.read(metrics, 2)]).toEqual([Math.fround((16_777_216 + 7) / 8), 3 / 8]);
  expect(slackBehind(lab, metrics, 2)).toEqual(UNTOUCHED);
});
