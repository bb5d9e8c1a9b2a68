import { gpuAnswers } from './gpuAnswers.ts';
import { readBack } from './readBack.ts';

/**
 * Measures what the GPU takes for a compute pass: by its own clock where the device has
 * `timestamp-query`, else from submitting to being told of the end. Browsers round the GPU's clock to
 * a tenth of a millisecond, so that a pass should take several.
 */
export class Stopwatch {
  private readonly timestamps: Timestamps | undefined;

  constructor(private readonly device: GPUDevice) {
    this.timestamps = device.features.has('timestamp-query') ? makeTimestamps(device) : undefined;
  }

  /** Runs one pass that `encode` fills, and resolves with its milliseconds. */
  async time(encode: (pass: GPUComputePassEncoder) => void): Promise<number> {
    const { device, timestamps } = this;
    await gpuAnswers(device, device.queue.onSubmittedWorkDone());
    const startedAt = performance.now();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(
      timestamps && {
        timestampWrites: {
          querySet: timestamps.querySet,
          beginningOfPassWriteIndex: 0,
          endOfPassWriteIndex: 1,
        },
      },
    );
    encode(pass);
    pass.end();
    if (timestamps) {
      encoder.resolveQuerySet(timestamps.querySet, 0, 2, timestamps.resolved, 0);
    }
    device.queue.submit([encoder.finish()]);
    await gpuAnswers(device, device.queue.onSubmittedWorkDone());
    const wallMs = performance.now() - startedAt;
    const gpuMs = timestamps ? await readSpanMs(device, timestamps) : 0;
    // Clocks that were reset in between, and passes below the rounding, count nothing or less.
    return gpuMs > 0 ? gpuMs : wallMs;
  }

  dispose(): void {
    this.timestamps?.querySet.destroy();
    this.timestamps?.resolved.destroy();
  }
}

/** Two counts of nanoseconds, 64 bits each. */
const TIMESTAMPS_BYTES = 16;

interface Timestamps {
  readonly querySet: GPUQuerySet;
  readonly resolved: GPUBuffer;
}

function makeTimestamps(device: GPUDevice): Timestamps {
  const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
  return {
    querySet: device.createQuerySet({ type: 'timestamp', count: 2 }),
    resolved: device.createBuffer({ label: 'timestamps', size: TIMESTAMPS_BYTES, usage }),
  };
}

async function readSpanMs(device: GPUDevice, { resolved }: Timestamps): Promise<number> {
  const [bytes] = await readBack(device, [{ buffer: resolved, bytes: TIMESTAMPS_BYTES }]);
  const [begin = 0n, end = 0n] = new BigInt64Array(bytes ?? new ArrayBuffer(TIMESTAMPS_BYTES));
  return Number(end - begin) / 1e6;
}
