import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyFault, inScopes } from './errorScopes.ts';
import type { Operation, Variant } from './operation.ts';
import { Pipelines } from './pipelines.ts';
import { TrialStand } from './trial.ts';

/** Whatever becomes of a piece of work, the device's listener hears of what goes wrong after it. */

let device: GPUDevice;

beforeEach(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const opened = await adapter?.requestDevice();
  if (!opened) throw new Error('this browser has a WebGPU adapter');
  device = opened;
});
afterEach(() => device.destroy());

const fail = () => device.createBuffer({ size: 16, usage: 0 });

/** What the device's listener hears of a fault that nobody guards against. */
async function nextUncaptured(): Promise<string> {
  const heard = new Promise<string>((resolve) => {
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      resolve(event.error.message);
    });
  });
  fail();
  // Without work that someone waits for, the browser may keep the fault to itself for long.
  await device.queue.onSubmittedWorkDone();
  return heard;
}

const shaderOf = (wgsl: string, operands: string[]) => ({
  ...{ label: 'test', wgsl, operands, workgroups: [1, 1, 1] as const },
});
const variantOf = (wgsl: string, operands: string[]): Variant => ({
  ...{ name: 'test', shaders: [shaderOf(wgsl, operands)], scratch: {} },
});
const fillsY = `@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(1) fn main() { y[0] = 1.0; }`;

describe('work in error scopes', () => {
  it('gives its result, and what the device said of it', async () => {
    const fine = inScopes(device, everyFault, () => 7);
    expect([fine.result, await fine.said]).toEqual([7, null]);
    expect(await inScopes(device, everyFault, fail).said).toBeInstanceOf(GPUValidationError);
  });

  it('closes them when it throws', async () => {
    const thrown = new Error('on the way');
    const work = () => {
      throw thrown;
    };
    expect(() => inScopes(device, everyFault, work)).toThrow(thrown);
    expect(await nextUncaptured()).toMatch(/usage/i);
  });

  it('hears nothing of a device that is lost', async () => {
    device.destroy();
    await device.lost;
    expect(await inScopes(device, everyFault, fail).said).toBeNull();
  });
});

describe('after', () => {
  it('a shader that does not compile, the listener hears what comes next, and only that', async () => {
    const pipelines = new Pipelines(device);
    await expect(pipelines.prepare(shaderOf('no such thing', []))).rejects.toThrow('test');
    expect(await nextUncaptured()).toMatch(/usage/i);
  });

  it('a trial that has no buffer for an operand, the listener hears what comes next', async () => {
    const stand = new TrialStand(device, new Pipelines(device));
    const variant = variantOf(fillsY, ['missing']);
    const operation: Operation = { op: '', shape: '', flops: 1, bytes: 1, variants: [variant] };
    const trial = await stand.prepare({ operation, operandBytes: { y: 16 } }, [variant]);
    await expect(trial?.measure(variant, Infinity)).rejects.toThrow('missing');
    trial?.dispose();
    stand.dispose();
    expect(await nextUncaptured()).toMatch(/usage/i);
  });
});
