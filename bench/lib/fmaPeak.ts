import { median } from './stopwatch.ts';

/**
 * How many fused multiply-adds this device can do a second, measured: the ceiling under which every
 * product of matrices stays.
 *
 * Two kernels without a memory access in their loops. `loop` keeps its accumulators in variables
 * that each turn of the loop reads and writes, as an ordinary kernel does; a software device spills
 * them, so that this is the ceiling of ordinary kernels there. `straight` chains constants inside a
 * turn, which stay in registers: the most that the device can do. A real GPU reaches about the same
 * with both.
 */
export interface FmaPeak {
  readonly loopGflops: number;
  readonly straightGflops: number;
}

interface Kernel {
  /** Independent chains, to hide the latency of one operation behind the others. */
  readonly accumulators: number;
  /** Operations of each chain in a turn of the loop. */
  readonly chained: number;
}

const LOOP: Kernel = { accumulators: 8, chained: 1 };
const STRAIGHT: Kernel = { accumulators: 12, chained: 32 };

const WORKGROUP_SIZE = 64;
/** Multiply-adds of an invocation, about. */
const OPERATIONS = 16_000;
/** Long enough that starting the dispatch and hearing of its end count for little. */
const LEAST_MS = 30;
const ROW_OF_WORKGROUPS = 32_768;
const REPEATS = 10;
/** Writes of different invocations may meet; nobody reads them. */
const OUTPUT_FLOATS = 65_536;

export async function measureFmaPeak(device: GPUDevice): Promise<FmaPeak> {
  const meter = await FmaMeter.create(device);
  const peak = await meter.measure();
  meter.dispose();
  return peak;
}

/**
 * Measures the peak again and again, so that it can stand beside whatever is compared with it. Each
 * time it is the median of some runs, not the best one: what else the machine does slows the peak as
 * it slows a training step.
 */
export class FmaMeter {
  private constructor(
    private readonly loop: TimedKernel,
    private readonly straight: TimedKernel,
  ) {}

  static async create(device: GPUDevice): Promise<FmaMeter> {
    return new FmaMeter(await prepare(device, LOOP), await prepare(device, STRAIGHT));
  }

  async measure(): Promise<FmaPeak> {
    return {
      loopGflops: await this.loop.gflops(),
      straightGflops: await this.straight.gflops(),
    };
  }

  dispose(): void {
    this.loop.dispose();
    this.straight.dispose();
  }
}

interface TimedKernel {
  gflops(): Promise<number>;
  dispose(): void;
}

async function prepare(device: GPUDevice, kernel: Kernel): Promise<TimedKernel> {
  const turns = Math.round(OPERATIONS / (kernel.accumulators * kernel.chained));
  const output = device.createBuffer({ size: OUTPUT_FLOATS * 4, usage: GPUBufferUsage.STORAGE });
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: source(kernel, turns) }) },
  });
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
  const flops = 2 * kernel.accumulators * kernel.chained * turns * workgroups * WORKGROUP_SIZE;
  return {
    async gflops() {
      const times = [];
      for (let i = 0; i < REPEATS; i++) times.push(await time(workgroups));
      return flops / median(times) / 1e6;
    },
    dispose: () => output.destroy(),
  };
}

function source({ accumulators, chained }: Kernel, turns: number): string {
  const each = (line: (i: number) => string) =>
    Array.from({ length: accumulators }, (_, i) => line(i)).join('\n');
  const links = (i: number) =>
    Array.from({ length: chained }, (_, k) => `let b${i}_${k + 1} = fma(b${i}_${k}, m, c);`);
  const chain = Array.from({ length: chained }, (_, k) => each((i) => links(i)[k] ?? '')).join(
    '\n',
  );
  const turn =
    chained === 1
      ? each((i) => `a${i} = fma(a${i}, m, c);`)
      : [each((i) => `let b${i}_0 = a${i};`), chain, each((i) => `a${i} = b${i}_${chained};`)].join(
          '\n',
        );
  // The start depends on the invocation, so that no compiler knows what comes out.
  return `
@group(0) @binding(0) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(${WORKGROUP_SIZE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = f32(id.x) * 1e-6;
  let m = 0.999;
  ${each((i) => `var a${i} = c + ${i}.0;`)}
  for (var turn = 0; turn < ${turns}; turn++) {
    ${turn}
  }
  output[id.x % ${OUTPUT_FLOATS}u] = ${Array.from({ length: accumulators }, (_, i) => `a${i}`).join(' + ')};
}`;
}
