import type { Layer } from '../../src/domain/architecture.ts';
import { describeNetwork } from '../../src/domain/shapes.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Setup } from '../lib/contestant.ts';
import type { LayerProduct } from './products.ts';

/**
 * PyTorch on the same processor, in a process of its own: lib/torchStep.py, which
 * lib/torchProcess.mjs starts and feeds. What crosses from here to there is a line of JSON each way,
 * far below a millisecond; a burst of steps takes hundreds.
 */
export type AskTorch = (request: TorchRequest) => Promise<TorchAnswer>;

type TorchLayer = Layer & { readonly inputShape: readonly number[] };

export type TorchRequest =
  /** So many threads. */
  | { readonly open: number }
  | {
      readonly network: {
        readonly layers: readonly TorchLayer[];
        /** Height, width, channels. */
        readonly input: readonly number[];
        readonly classes: number;
        readonly batch: number;
        readonly images: number;
        readonly learningRate: number;
      };
    }
  | {
      readonly operation: {
        readonly layer: TorchLayer;
        readonly batch: number;
        readonly which: LayerProduct['which'];
      };
    }
  /** The network's step or the operation, so many times. */
  | { readonly run: number };

export interface TorchAnswer {
  /** Why there is no PyTorch. */
  readonly missing?: string;
  readonly version?: string;
  /** The library of its matrix products. */
  readonly blas?: string;
  readonly parameters?: number;
  readonly loss?: number;
}

export async function makeTorchStep(
  { architecture, recipe, images }: Setup,
  ask: AskTorch,
  { version, blas }: TorchAnswer,
): Promise<Contestant> {
  const { layers, parameters } = describeNetwork(architecture);
  const { height, width, channels } = architecture.input;
  const made = await ask({
    network: {
      layers: layers.map(({ layer, inputShape }) => ({ ...layer, inputShape })),
      input: [height, width, channels],
      classes: architecture.classes,
      batch: recipe.batchSize,
      images: images.count,
      learningRate: recipe.learningRate,
    },
  });
  assert(made.parameters === parameters, 'PyTorch trains a network of the same size');
  return { ...torchContestant(ask, `PyTorch ${version}`, 1), note: `BLAS: ${blas}` };
}

export async function makeTorchProduct(
  { layer, inputShape, batch, which }: LayerProduct,
  ask: AskTorch,
  repeats: number,
): Promise<Contestant> {
  await ask({ operation: { layer: { ...layer, inputShape }, batch, which } });
  return torchContestant(ask, 'PyTorch', repeats);
}

/** Steps are counted until somebody waits for them, so that a burst costs one round trip. */
function torchContestant(ask: AskTorch, name: string, runsOfStep: number): Contestant {
  let due = 0;
  return {
    name,
    step() {
      due += runsOfStep;
    },
    async settle() {
      const { loss = 0 } = await ask({ run: due });
      due = 0;
      assert(Number.isFinite(loss), `the loss of PyTorch is ${loss}`);
    },
    dispose() {},
  };
}
