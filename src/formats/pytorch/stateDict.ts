import type { NamedTensor } from '../../domain/runs/run.ts';
import { importedModel } from '../exchange/importedModel.ts';
import { Misfit, NetworkBuilder } from '../exchange/networkBuilder.ts';
import { permuted } from '../exchange/permute.ts';
import { refusalOf } from '../refusal.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { type Affine, modulesOf, type Norm } from './modules.ts';

/**
 * A PyTorch state dict of plain layers, whatever they are called. It has weights and no network: that is told
 * by shapes, out of those that tutorials build. ReLU behind every layer but the last; all convolutions padded
 * to the same size or none; 2x2 maxima behind some of them. Only where one network alone fits is it taken.
 */
const SIDES = { 1: 28, 3: 32 } as const;
const MOST_CONVOLUTIONS = 8;
/** PyTorch's default. */
const NORM_EPSILON = 1e-5;

interface Guess {
  readonly padding: 'same' | 'valid';
  /** Behind which convolutions a maximum is taken. */
  readonly pooled: readonly boolean[];
}

export function readStateDict(file: string, tensors: readonly NamedTensor[]): PortableModel {
  const refuse = refusalOf('pytorch.stateDict', file);
  try {
    const { convolutions, dense, norms } = modulesOf(tensors);
    const [guess, ...others] = guessesOf(convolutions, dense);
    if (!guess) throw new Misfit('torch.none');
    if (others.length > 0) throw new Misfit('torch.ambiguous', { count: others.length + 1 });
    const builder = build(guess, convolutions, dense, [...norms]);
    return importedModel(file, builder, {
      scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
      classNames: undefined,
      application: 'PyTorch',
    });
  } catch (error) {
    if (error instanceof Misfit) throw refuse(error.code, error.params);
    throw error;
  }
}

function channelsOf([first]: readonly Affine[]): 1 | 3 {
  const channels = first?.weight.shape[1];
  if (channels !== 1 && channels !== 3) throw new Misfit('torch.noLayers');
  return channels;
}

/** All that give the first dense layer as many numbers as it takes. */
function guessesOf(convolutions: readonly Affine[], dense: readonly Affine[]): Guess[] {
  const side = SIDES[channelsOf(convolutions)];
  const [first] = dense;
  if (!first || convolutions.length > MOST_CONVOLUTIONS) throw new Misfit('torch.noLayers');
  const guesses: Guess[] = [];
  for (const padding of ['same', 'valid'] as const) {
    for (let bits = 0; bits < 2 ** convolutions.length; bits++) {
      const pooled = convolutions.map((_, i) => (bits & (2 ** i)) !== 0);
      let left: number = side;
      for (const [i, { weight }] of convolutions.entries()) {
        if (padding === 'valid') left -= (weight.shape[2] ?? 1) - 1;
        if (pooled[i]) left = Math.floor(left / 2);
      }
      const channels = convolutions.at(-1)?.weight.shape[0] ?? 0;
      if (left > 0 && left * left * channels === first.weight.shape[1]) {
        guesses.push({ padding, pooled });
      }
    }
  }
  return guesses;
}

function build(
  { padding, pooled }: Guess,
  convolutions: readonly Affine[],
  dense: readonly Affine[],
  norms: Norm[],
): NetworkBuilder {
  const channels = channelsOf(convolutions);
  const side = SIDES[channels];
  const builder = new NetworkBuilder({ height: side, width: side, channels });
  refuseOpenNorms(norms, [...convolutions, ...dense.slice(0, -1)]);
  const normalise = (units: number) => {
    const at = norms.findIndex(({ parts }) => parts.gamma.values.length === units);
    const [norm] = at < 0 ? [] : norms.splice(at, 1);
    if (norm) builder.batchNorm(NORM_EPSILON, { ...norm.parts });
  };
  for (const [i, { weight, bias }] of convolutions.entries()) {
    const groups = builder.image().channels / (weight.shape[1] ?? 1);
    builder.conv(weight, bias, { stride: 1, padding, groups });
    normalise(weight.shape[0] ?? 0);
    builder.activate('relu');
    if (pooled[i]) builder.pool('maxPool', 2, 2, 'valid');
  }
  builder.flatten('chw');
  for (const [i, { weight, bias }] of dense.entries()) {
    builder.dense(permuted({ ...weight, name: '' }, [1, 0]), bias);
    if (i === dense.length - 1) break;
    normalise(weight.shape[0] ?? 0);
    builder.activate('relu');
  }
  if (norms.length > 0) throw new Misfit('torch.module', { name: norms[0]?.name ?? '' });
  return builder;
}

/** All layers of so many units are normalised, or none: else it would be a guess which. */
function refuseOpenNorms(norms: readonly Norm[], layers: readonly Affine[]): void {
  for (const { parts } of norms) {
    const units = parts.gamma.values.length;
    const of = norms.filter((norm) => norm.parts.gamma.values.length === units).length;
    const there = layers.filter(({ weight }) => weight.shape[0] === units).length;
    if (of < there) throw new Misfit('torch.norms', { units });
  }
}
