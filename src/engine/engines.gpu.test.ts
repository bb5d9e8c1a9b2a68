import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkbenchError } from '../util/errors.ts';
import { probeAdapter } from './adapter.ts';
import { webgpuDevice, webgpuPipelines } from './device.ts';
import { startEngine } from './engines.ts';
import { liveBuffers } from './testing/liveBuffers.ts';
import { tf } from './tf.ts';

const live = liveBuffers();

const sumOnEngine = async () => {
  const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3.5])));
  const [value] = await sum.data();
  sum.dispose();
  return value;
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

describe('another engine', () => {
  const engines = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
  const changes = engines.flatMap((from) =>
    engines.filter((to) => to !== from).map((to) => [from, to] as const),
  );

  it.each(changes)(
    'after %s, %s, hears nothing of the one before, which is freed',
    async (from, to) => {
      const heard: string[] = [];
      await startEngine(from, ({ code }) => heard.push(`${from} ${code}`));
      const device = from === 'webgpu' ? webgpuDevice() : undefined;
      await sumOnEngine();

      await startEngine(to, ({ code }) => heard.push(`${to} ${code}`));
      await device?.lost;
      device?.dispatchEvent(
        new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('full') }),
      );
      expect(heard).toEqual([]);
      expect(tf.getBackend()).toBe(to);
      expect(await sumOnEngine()).toBe(6.5);
    },
  );

  it('leaves no buffer and no shader of twenty changes', async () => {
    await startEngine('webgpu', () => undefined);
    await sumOnEngine();
    const before = [live.count(), live.bytes(), webgpuPipelines().size];
    for (let i = 0; i < 20; i++) {
      await startEngine(i % 2 === 0 ? 'wasm' : 'webgpu', () => undefined);
      await sumOnEngine();
      if (i % 2 === 0) expect(live.count()).toBe(0);
    }
    expect([live.count(), live.bytes(), webgpuPipelines().size]).toEqual(before);
  });

  it('that does not start leaves the device of the one before, with the tensors on it', async () => {
    await startEngine('webgpu', () => undefined);
    const device = webgpuDevice();
    const factory = tf.findBackendFactory('webgl');
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', () => Promise.reject(new Error('switched off')));
    await expect(startEngine('webgl', () => undefined)).rejects.toThrow('WebGL is switched off');
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', factory);

    await startEngine('webgpu', () => undefined);
    expect(webgpuDevice()).toBe(device);
    expect(await sumOnEngine()).toBe(6.5);
  });
});
