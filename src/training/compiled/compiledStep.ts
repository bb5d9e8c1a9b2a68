import { type BoundShader, bindShader, encodeAll } from '../../engine/webgpu/boundShader.ts';
import { inScopes } from '../../engine/webgpu/errorScopes.ts';
import type { Operation, Shader, Variant } from '../../engine/webgpu/operation.ts';
import {
  createStorage,
  createUniform,
  type Pipelines,
  wholeVectors,
} from '../../engine/webgpu/pipelines.ts';
import { assert } from '../../util/assert.ts';
import { disposeOnThrow } from '../../util/disposeOnThrow.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { planMemory } from '../plan/memoryPlan.ts';
import type { PlanNode, StepPlan } from './stepPlan.ts';

/** A plan made ready for one device: buffers allocated, shaders compiled, operands bound. */
export class CompiledStep {
  private constructor(
    private readonly device: GPUDevice,
    readonly dispatches: readonly Dispatch[],
    /** The buffers made here; those that the caller brought are not ours to destroy. */
    private readonly owned: readonly GPUBuffer[],
    /** By the plan's names. */
    readonly kept: ReadonlyMap<string, GPUBuffer>,
    /** Those of them that transient values share: another plan may do so too, when this one rests. */
    readonly shared: readonly GPUBuffer[],
  ) {}

  /**
   * @param choose which variant of an operation to use
   * @param brought buffers that exist already: by the plan's names, as the weights, and to be shared
   */
  static async compile(
    device: GPUDevice,
    pipelines: Pipelines,
    plan: StepPlan,
    choose: (operation: Operation) => Variant,
    brought: Brought,
    onProgress?: (done: number, total: number) => void,
  ): Promise<CompiledStep> {
    refuseTooLarge(device, plan);
    const stages = plan.nodes.flatMap((node, index) => stagesOf(node, index, choose));
    let done = 0;
    await Promise.all(
      stages.map(async ({ shader }) => {
        await pipelines.prepare(shader);
        onProgress?.(++done, stages.length);
      }),
    );
    // Buffers come last: a shader that does not compile would leave them behind.
    return disposeOnThrow(
      await allocate(device, plan, stages, brought),
      ({ of, owned, shared }) => {
        const dispatches = stages.map(({ node, variant, shader, bufferName }): Dispatch => {
          const bound = bindShader(device, pipelines, shader, (operand) => {
            const buffer = of.get(bufferName(operand));
            assert(buffer, `${shader.label} has no buffer for ${operand}`);
            return buffer;
          });
          return { node, variant, shader, ...bound };
        });
        return new CompiledStep(device, dispatches, owned, of, shared);
      },
    );
  }

  /** Bytes of all buffers that the step made for itself. */
  get ownedBytes(): number {
    return this.owned.reduce((sum, { size }) => sum + size, 0);
  }

  buffer(name: string): GPUBuffer {
    const buffer = this.kept.get(name);
    assert(buffer, `the plan keeps a buffer ${name}`);
    return buffer;
  }

  /** Sends one step on its way. */
  replay(): void {
    this.device.queue.submit([this.encode()]);
  }

  /** The commands of one step. All that it takes from the processor is this loop. */
  encode(): GPUCommandBuffer {
    return encodeAll(this.device, this.dispatches);
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy();
  }
}

/** Buffers that somebody else destroys. */
export interface Brought {
  readonly given: ReadonlyMap<string, GPUBuffer>;
  readonly shared?: readonly GPUBuffer[];
}

export interface Dispatch extends BoundShader {
  readonly node: PlanNode;
  readonly variant: Variant;
  readonly shader: Shader;
}

/** One shader of a node, and what its operands are called in the plan. */
export interface Stage {
  readonly node: PlanNode;
  readonly variant: Variant;
  readonly shader: Shader;
  readonly bufferName: (operand: string) => string;
}

export function stagesOf(
  node: PlanNode,
  index: number,
  choose: (operation: Operation) => Variant,
): Stage[] {
  const variant = choose(node.operation);
  const bufferName = (operand: string) => node.buffers[operand] ?? scratchName(index, operand);
  return variant.shaders.map((shader) => ({ node, variant, shader, bufferName }));
}

const scratchName = (node: number, operand: string): string => `${node} ${operand}`;

/** Sizes of the places that a plan's transient buffers share, and who lies where. */
export function memoryOf(plan: StepPlan, stages: readonly Stage[]) {
  const bytesOf = new Map<string, number>();
  const uses = stages.map(({ node, variant, shader, bufferName }) => {
    const names = shader.operands.map(bufferName);
    for (const [operand, bytes] of Object.entries(variant.scratch)) {
      bytesOf.set(scratchName(plan.nodes.indexOf(node), operand), bytes);
    }
    return names.filter((name) => (plan.buffers.get(name)?.life ?? 'transient') === 'transient');
  });
  for (const [name, { bytes, life }] of plan.buffers) {
    if (life === 'transient') bytesOf.set(name, bytes);
  }
  // What is given is there before the first node, and a result still needed when all is done.
  const results = plan.results.map(({ name }) => name);
  return planMemory([plan.inputs, ...uses, results], bytesOf);
}

/** Throws `engine.bufferTooLarge` before anything is compiled or allocated. */
function refuseTooLarge(device: GPUDevice, plan: StepPlan): void {
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  for (const [buffer, { bytes }] of plan.buffers) {
    if (bytes <= limit) continue;
    const megabytes = { limitMB: Math.floor(limit / 1e6), neededMB: Math.ceil(bytes / 1e6) };
    throw new WorkbenchError('engine.bufferTooLarge', { buffer, ...megabytes });
  }
}

/** The buffers of a plan by name, and those among them that were made here. */
class StepBuffers {
  readonly of: Map<string, GPUBuffer>;
  readonly owned: GPUBuffer[] = [];
  readonly shared: GPUBuffer[] = [];
  /** Brought, and not yet taken. */
  private readonly free: GPUBuffer[];

  constructor({ given, shared = [] }: Brought) {
    this.of = new Map(given);
    this.free = [...shared].sort((a, b) => a.size - b.size);
  }

  /** The smallest of the brought ones that is large enough. */
  take(bytes: number): GPUBuffer | undefined {
    const index = this.free.findIndex(({ size }) => size >= bytes);
    return index < 0 ? undefined : this.free.splice(index, 1)[0];
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy();
  }
}

/** Throws `engine.outOfMemory` where the device has no room for all of them. */
function allocate(
  device: GPUDevice,
  plan: StepPlan,
  stages: readonly Stage[],
  brought: Brought,
): Promise<StepBuffers> {
  return disposeOnThrow(new StepBuffers(brought), async (buffers) => {
    const fillAll = () => fill(buffers, device, plan, stages);
    const { said } = inScopes(device, ['out-of-memory'], fillAll);
    if (await said) throw new WorkbenchError('engine.outOfMemory');
    return buffers;
  });
}

function fill(
  buffers: StepBuffers,
  device: GPUDevice,
  plan: StepPlan,
  stages: readonly Stage[],
): void {
  const { of, owned, shared } = buffers;
  const own = (buffer: GPUBuffer) => {
    owned.push(buffer);
    return buffer;
  };
  for (const [name, { bytes, life }] of plan.buffers) {
    if (life === 'transient' || of.has(name)) continue;
    of.set(name, own((life === 'uniform' ? createUniform : createStorage)(device, name, bytes)));
  }
  const { places, placeOf } = memoryOf(plan, stages);
  for (const [place, bytes] of places.entries()) {
    const made = () => own(createStorage(device, `activations ${place}`, bytes));
    shared.push(buffers.take(wholeVectors(bytes)) ?? made());
  }
  for (const [name, place] of placeOf) {
    const buffer = shared[place];
    assert(buffer, 'every place has a buffer');
    of.set(name, buffer);
  }
}
