import { type KernelLab, SLACK_BYTE } from './kernelLab.ts';

/** What lies behind an operand of so many floats: a kernel may read it, never write it. */
export function slackBehind(lab: KernelLab, at: number, floats: number): Uint8Array {
  return lab.readBytes(at + 4 * floats, 32);
}

export const UNTOUCHED = new Uint8Array(32).fill(SLACK_BYTE);
