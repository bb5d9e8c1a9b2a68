import { afterEach, describe, expect, it } from 'vitest';
import type { EngineName } from '../domain/machine/engineReport.ts';
import type { WorkbenchError } from '../util/errors.ts';
import { heapUse } from '../util/testing/heap.ts';
import { probeAdapter } from './adapter.ts';
import { webgpuDevice, webgpuPipelines, webgpuTraits } from './device.ts';
import { engineInUse, startEngine } from './engines.ts';
import { liveBuffers } from './testing/liveBuffers.ts';
import { tf } from './tfjs/tf.ts';
import { ThreadTeam } from './wasm/threads/threadTeam.ts';
import { columnSums } from './webgpu/kernels/columnSums.ts';
import { runOnDevice } from './webgpu/testing/runOnDevice.ts';

const live = liveBuffers();
/** What the engine of JavaScript learns of code that runs again and again; a backend kept is more. */
const MOST_HEAP_GROWTH = 300_000;

/** What tfjs calls the engines that are of its. */
const tfjsNames: Partial<Record<EngineName, string>> = {
  tfjs: 'webgpu',
  webgl: 'webgl',
  cpu: 'cpu',
};

/** Has the engine in use add up three numbers, as each does it. */
async function sumOnEngine(): Promise<number | undefined> {
  const engine = engineInUse();
  if (engine === 'webgpu') return sumOnDevice();
  if (engine === 'wasm') return sumOnThreads();
  expect(tf.getBackend()).toBe(tfjsNames[engine]);
  const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3.5])));
  const [value] = await sum.data();
  sum.dispose();
  return value;
}

async function sumOnDevice(): Promise<number | undefined> {
  const operation = columnSums(3, 1, webgpuTraits());
  const run = { operands: { x: Float32Array.of(1, 2, 3.5) }, outputs: { sums: 1 } };
  return (await runOnDevice(operation, run))('sums')[0];
}

async function sumOnThreads(): Promise<number | undefined> {
  const team = await ThreadTeam.open(65536, 1);
  new Float32Array(team.memory.buffer, 1024, 3).set([1, 2, 3.5]);
  team.run(team.learn([{ kernel: 'columnSums', args: [1024, 2048, 3, 1] }]));
  const [value] = new Float32Array(team.memory.buffer, 2048, 1);
  team.dispose();
  return value;
}

describe('the adapter of this browser', () => {
  it('is there, and is known to be software where SwiftShader plays it', async () => {
    const adapter = await probeAdapter();

    expect(adapter?.maxBufferBytes).toBeGreaterThanOrEqual(2 ** 28);
    const named = `${adapter?.vendor} ${adapter?.architecture} ${adapter?.description}`;
    if (/swiftshader/i.test(named)) expect(adapter?.software).toBe(true);
  });
});

describe('startEngine', () => {
  it.each(['webgpu', 'wasm', 'tfjs', 'webgl', 'cpu', 'tfjs', 'webgpu'] as const)(
    'runs %s',
    async (engine) => {
      const report = await startEngine(engine, () => undefined);

      expect(report).toMatchObject({ name: engine, reason: 'chosen' });
      expect(report.adapter).toEqual(await probeAdapter());
      expect(engineInUse()).toBe(engine);
      expect(await sumOnEngine()).toBe(6.5);
    },
  );

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

    await expect.poll(() => problems.map(({ code }) => code)).toEqual(['engine.gpuError']);
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
    await expect.poll(() => problems.map(({ code }) => code)).toEqual(['engine.lost']);

    await startEngine('webgpu', onFault);
    expect(await sumOnEngine()).toBe(6.5);
  });
});

describe('another engine', () => {
  const engines = ['webgpu', 'wasm', 'tfjs', 'webgl', 'cpu'] as const;
  const usesDevice = (name: EngineName) => name === 'webgpu' || name === 'tfjs';
  const changes = engines.flatMap((from) =>
    engines.filter((to) => to !== from).map((to) => [from, to] as const),
  );

  it.each(changes)(
    'after %s, %s, hears nothing of the one before, which is freed',
    async (from, to) => {
      const heard: string[] = [];
      await startEngine(from, ({ code }) => heard.push(`${from} ${code}`));
      // The two that compute on it share it.
      const device = usesDevice(from) && !usesDevice(to) ? webgpuDevice() : undefined;
      await sumOnEngine();

      await startEngine(to, ({ code }) => heard.push(`${to} ${code}`));
      await device?.lost;
      device?.dispatchEvent(
        new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('full') }),
      );
      expect(heard).toEqual([]);
      expect(engineInUse()).toBe(to);
      expect(await sumOnEngine()).toBe(6.5);
    },
  );

  it('leaves no buffer and no shader of twenty changes', async () => {
    await startEngine('webgpu', () => undefined);
    await sumOnEngine();
    const before = [live.count(), live.bytes(), webgpuPipelines().size];
    const { objects } = await heapUse();
    for (let i = 0; i < 20; i++) {
      await startEngine(i % 2 === 0 ? 'wasm' : 'webgpu', () => undefined);
      await sumOnEngine();
      if (i % 2 === 0) expect(live.count()).toBe(0);
    }
    expect([live.count(), live.bytes(), webgpuPipelines().size]).toEqual(before);
    expect((await heapUse()).objects - objects).toBeLessThan(MOST_HEAP_GROWTH);
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
