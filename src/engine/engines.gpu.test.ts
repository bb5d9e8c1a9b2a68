import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkbenchError } from '../util/errors.ts';
import { probeAdapter, webgpuDevice } from './device.ts';
import { startEngine } from './engines.ts';
import { tf } from './tf.ts';

const sumOnEngine = async () => {
  const [sum] = await tf.sum(tf.tensor1d([1, 2, 3.5])).data();
  return sum;
};

describe('the adapter of this browser', () => {
  it('is there, and is known to be software where SwiftShader plays it', async () => {
    const adapter = await probeAdapter();

    expect(adapter?.maxBufferBytes).toBeGreaterThanOrEqual(2 ** 28);
    const named = `${adapter?.vendor} ${adapter?.architecture} ${adapter?.description}`;
    if (/swiftshader/i.test(named)) expect(adapter?.software).toBe(true);
  });
});

describe('startEngine', () => {
  it.each(['webgpu', 'wasm', 'webgl', 'cpu', 'webgpu'] as const)('runs %s', async (engine) => {
    const report = await startEngine(engine, () => undefined);

    expect(report).toMatchObject({ name: engine, reason: 'chosen' });
    expect(report.adapter).toEqual(await probeAdapter());
    expect(tf.getBackend()).toBe(engine);
    expect(await sumOnEngine()).toBe(6.5);
  });

  it('opens the device with the limits of its adapter', async () => {
    const { adapter } = await startEngine('webgpu', () => undefined);

    expect(webgpuDevice().limits.maxBufferSize).toBe(adapter?.maxBufferBytes);
    expect(webgpuDevice().limits.maxStorageBufferBindingSize).toBe(adapter?.maxStorageBindingBytes);
  });
});

describe('faults', () => {
  const problems: WorkbenchError[] = [];
  afterEach(() => problems.splice(0));
  const onFault = (problem: WorkbenchError) => problems.push(problem);

  it('on the device are reported', async () => {
    await startEngine('webgpu', onFault);

    webgpuDevice().createBuffer({
      size: 4,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE,
    });
    await webgpuDevice().queue.onSubmittedWorkDone();

    await vi.waitFor(() => expect(problems.map(({ code }) => code)).toEqual(['engine.gpuError']));
  });

  it('of memory are told from others', async () => {
    await startEngine('webgpu', onFault);
    const device = webgpuDevice();

    device.dispatchEvent(
      new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('full') }),
    );

    expect(problems.map(({ code }) => code)).toEqual(['engine.outOfMemory']);
  });

  it('that lose the device are reported, and the engine starts again', async () => {
    await startEngine('webgpu', onFault);

    webgpuDevice().destroy();
    await vi.waitFor(() => expect(problems.map(({ code }) => code)).toEqual(['engine.lost']));

    await startEngine('webgpu', onFault);
    expect(await sumOnEngine()).toBe(6.5);
  });
});
