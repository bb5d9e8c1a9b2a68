import type { Architecture } from '../domain/architecture/architecture.ts';
import { sizeOf } from '../domain/architecture/shape.ts';
import { assert, at } from '../util/assert.ts';
import { planInference } from './plan/inferencePlan.ts';
import { planInspection, seedName } from './plan/inspectionPlan.ts';
import type { Plan } from './plan/plan.ts';
import { names } from './plan/values.ts';
import type { Inspected, Reader, Wanted } from './reader.ts';

/** Runs plans over and over, in memory that holds the weights: all that an engine adds to reading. */
export interface PlanRunner {
  /** Most images that it runs this plan for at once. */
  most(purpose: Purpose): number;
  /** Gives `count` rows of each result. */
  run(purpose: Purpose, inputs: Inputs, count: number): Promise<Float32Array[]>;
  dispose(): void;
}

/** What a plan is for: it is made once for each number of images. */
export interface Purpose {
  readonly key: string;
  plan(batch: number): Plan;
}

/** By the names that the plan has for them; a row for each image. */
export type Inputs = Readonly<Record<string, Float32Array>>;

/** Reads by the plans of inference and of inspection, a part of the images after the other. */
export class PlanReader implements Reader {
  private readonly inference: Purpose;

  /** @param averages whether the network is used with the averages of its weights */
  constructor(
    private readonly architecture: Architecture,
    private readonly averages: boolean,
    private readonly runner: PlanRunner,
  ) {
    const plan = (batch: number) => planInference(architecture, batch, averages);
    this.inference = { key: 'inference', plan };
  }

  async infer(images: Float32Array, count: number): Promise<Float32Array> {
    return at(await this.inParts(this.inference, { [names.images]: images }, count), 0);
  }

  async inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected> {
    const { architecture, averages } = this;
    const { activations = [], gradients } = wanted;
    const sights = { activations, gradients: gradients?.by ?? [] };
    const plan = (batch: number) => planInspection(architecture, batch, averages, sights);
    const purpose = { key: JSON.stringify(sights), plan };
    const inputs = {
      [names.images]: images,
      ...(gradients &&
        sights.gradients.length > 0 && { [seedName(architecture)]: gradients.weights }),
    };
    const [logits, ...rest] = await this.inParts(purpose, inputs, count);
    assert(logits, 'an inspection gives logits');
    const shapes = plan(count)
      .results.slice(1)
      .map(({ shape }) => shape);
    const tensors = [...activations, ...sights.gradients].map((name, i) => {
      return [name, { name, shape: at(shapes, i), values: at(rest, i) }] as const;
    });
    return {
      logits,
      activations: new Map(tensors.slice(0, activations.length)),
      gradients: new Map(tensors.slice(activations.length)),
    };
  }

  /** Each result as a whole, put together of what the parts gave. */
  private async inParts(purpose: Purpose, inputs: Inputs, count: number): Promise<Float32Array[]> {
    const { runner, architecture } = this;
    const { height, width, channels } = architecture.input;
    const isWhole = inputs[names.images]?.length === count * sizeOf([height, width, channels]);
    assert(isWhole, 'images of the size that the network takes');
    const most = runner.most(purpose);
    if (count <= most) return runner.run(purpose, inputs, count);
    const wholes: Float32Array[] = [];
    for (let first = 0; first < count; first += most) {
      const part = Math.min(most, count - first);
      const parts = Object.entries(inputs).map(([name, rows]) => {
        const floats = rows.length / count;
        return [name, rows.subarray(first * floats, (first + part) * floats)] as const;
      });
      const results = await runner.run(purpose, Object.fromEntries(parts), part);
      for (const [i, rows] of results.entries()) {
        const floats = rows.length / part;
        wholes[i] ??= new Float32Array(count * floats);
        wholes[i].set(rows, first * floats);
      }
    }
    return wholes;
  }

  dispose(): void {
    this.runner.dispose();
  }
}
