import { afterEach, expect, it, vi } from 'vitest';
import { webgpuDevice } from '../../engine/device.ts';
import { startEngine } from '../../engine/engines.ts';
import type { WorkbenchError } from '../../util/errors.ts';
import { tinyImages, tinyNetwork, tinyRecipe } from '../testing/tinyRun.ts';

afterEach(() => vi.restoreAllMocks());

it('a network whose weights find no room on the GPU says so, and reads when there is some', async () => {
  const faults: WorkbenchError[] = [];
  await startEngine('webgpu', (fault) => faults.push(fault));
  const network = tinyNetwork(tinyImages(12), tinyRecipe);
  const image = new Float32Array(256);
  const device = webgpuDevice();
  const create = GPUDevice.prototype.createBuffer;
  // As large as the adapter allows, which is more than it has.
  vi.spyOn(device, 'createBuffer').mockImplementationOnce((descriptor) =>
    create.call(device, { ...descriptor, size: device.limits.maxBufferSize }),
  );
  await expect(network.infer(image, 1)).rejects.toMatchObject({ code: 'engine.outOfMemory' });
  await device.queue.onSubmittedWorkDone();
  expect(faults).toEqual([]);
  expect(await network.infer(image, 1)).toHaveLength(network.architecture.classes);
  network.dispose();
});
