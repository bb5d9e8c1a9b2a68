import * as Comlink from 'comlink';
import { describeNetwork, type LayerReport } from '../../domain/architecture/shapes.ts';
import type { Inspection, LayerFilters } from '../../domain/inside/inspection.ts';
import { type CommandName, isAllowed } from '../../protocol/phases.ts';
import type { Picture } from '../../protocol/protocol.ts';
import { softmax } from '../../training/evaluate.ts';
import { inspect } from '../../training/inspect.ts';
import { pauseAfterLook } from '../../training/pauseAfterLook.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { CurrentRun } from '../runs/currentRun.ts';
import type { Workspace } from '../workspace.ts';
import { LatestAlone } from './latestAlone.ts';
import { layerOf } from './layerOf.ts';
import { Learned } from './learned.ts';
import { seenPicture } from './seenPicture.ts';
import { SlowLooks } from './slowLooks.ts';

/** Looks into the network in hand, for whoever asks; where nobody does, nothing is computed. */
export class InsideCommands {
  private readonly looks = new LatestAlone<CommandName>((tookMs) => this.pauseMs(tookMs));
  private readonly learned = new Learned();

  readonly slow: SlowLooks;

  constructor(private readonly workspace: Workspace) {
    this.slow = new SlowLooks(workspace);
  }

  inspect(picture: Picture | Uint8Array, only?: readonly string[]): Promise<Inspection> {
    return this.looking('inspect', async ({ network, record, step }) => {
      const { pixels, values } = seenPicture(picture, record);
      const layers = describeNetwork(record.architecture).layers.filter(changesValues);
      const wanted = only?.map((name) => layerOf(layers, name)) ?? layers;
      // Always all of them: a plan for each choice would take memory of its own.
      const names = layers.map(({ layer }) => layer.name);
      const seen = await inspect(network, values, 1, { activations: names });
      const activations = wanted.map(({ layer: { name }, outputShape: shape }) => {
        const tensor = seen.activations.get(name);
        assert(tensor, `${name} was seen`);
        return { name, shape, values: tensor.values };
      });
      const { logits } = seen;
      const probabilities = softmax(logits);
      const given = { runId: record.id, step, pixels, layers: activations, logits, probabilities };
      return Comlink.transfer(given, [
        ...activations.map(({ values }) => values.buffer),
        ...[logits.buffer, probabilities.buffer],
      ]);
    });
  }

  filters(layer: string): Promise<LayerFilters> {
    return this.looking('filters', async (run) => {
      const { network, record, step } = run;
      const { layers } = describeNetwork(record.architecture);
      const filtering = layers.filter(({ weights }) =>
        weights.some(({ shape }) => shape.length > 1),
      );
      const names = layerOf(filtering, layer).weights.map(({ name }) => name);
      const [kernel, bias] = await network.exportWeights(names);
      assert(kernel, `${layer} has a kernel`);
      const learned = await this.learned.of(run, kernel);
      const given: LayerFilters = {
        ...{ runId: record.id, step, layer, kernel },
        ...(bias && { bias }),
        ...(learned && { learned }),
      };
      const arrays = [kernel.values, ...(bias ? [bias.values] : []), ...(learned ? [learned] : [])];
      return Comlink.transfer(
        given,
        arrays.map(({ buffer }) => buffer),
      );
    });
  }

  /** In its turn; given up where another model has come, or the phase does not allow it any more. */
  private looking<T>(command: CommandName, look: (run: CurrentRun) => Promise<T>): Promise<T> {
    const { workspace } = this;
    return this.looks.ask(command, async () => {
      const { run, phase } = workspace;
      if (!isAllowed(command, phase)) throw new WorkbenchError('inside.overtaken');
      try {
        return await workspace.asking(() => look(run));
      } catch (error) {
        throw workspace.runIfAny === run ? error : new WorkbenchError('inside.overtaken');
      }
    });
  }

  private pauseMs(tookMs: number): number {
    const { phase, engine } = this.workspace;
    return phase === 'training' ? pauseAfterLook(engine.name, tookMs) : 0;
  }
}

/** Nothing is dropped here, and a flattening has the numbers of the layer before. */
const changesValues = ({ layer: { kind } }: LayerReport) =>
  kind !== 'dropout' && kind !== 'flatten';
