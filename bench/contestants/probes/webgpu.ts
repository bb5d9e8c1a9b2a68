import { assert } from '../../../src/util/assert.ts';
import type { Open } from '../contestant.ts';
import { OUTPUT_FLOATS, type ProbeName, probes, WORKGROUP_SIZE } from './wgsl.ts';

/** A run is to take about this long: starting a dispatch and hearing of its end must count for little. */
const LEAST_MS = 30;
const ROW_OF_WORKGROUPS = 32_768;

/** A probe of the adapter, which takes turns with the contestants. */
export const open: Open = async ({ settings }) => {
  const name = settings.probe as ProbeName;
  const make = probes[name];
  assert(make, `there is a probe ${name}`);
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  assert(adapter, 'a WebGPU adapter answers');
  const device = await adapter.requestDevice();
  const { wgsl, flops } = make();
  const output = device.createBuffer({ size: OUTPUT_FLOATS * 4, usage: GPUBufferUsage.STORAGE });
  const module = device.createShaderModule({ code: wgsl });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: output } }],
  });

  const time = async (workgroups: number) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    const rows = Math.ceil(workgroups / ROW_OF_WORKGROUPS);
    pass.dispatchWorkgroups(workgroups / rows, rows);
    pass.end();
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };

  await time(1); // the first dispatch pays for more than itself
  let workgroups = 64;
  let ms = await time(workgroups);
  // Doubling keeps the count a power of two, so that it fills whole rows.
  while (ms < LEAST_MS) {
    workgroups *= ms < LEAST_MS / 8 ? 8 : 2;
    ms = await time(workgroups);
  }
  return {
    facts: { probe: name },
    async step() {
      return {
        flops: flops * workgroups * WORKGROUP_SIZE,
        async run(times) {
          for (let i = 0; i < times; i++) await time(workgroups);
          return undefined;
        },
        dispose: () => output.destroy(),
      };
    },
  };
};
