import type { NamedTensor } from '../../domain/runs/run.ts';
import { Misfit, type Values } from '../exchange/networkBuilder.ts';
import { quoted } from '../text/quoted.ts';

/** The modules of a state dict: tensors of one prefix, in the order in which each takes what the last gives. */
export interface Affine {
  readonly name: string;
  /** Out, in, and of convolutions height and width. */
  readonly weight: Values;
  readonly bias: Values | undefined;
}

export interface Norm {
  readonly name: string;
  readonly parts: Readonly<Record<'gamma' | 'beta' | 'moving_mean' | 'moving_variance', Values>>;
}

export interface Modules {
  readonly convolutions: readonly Affine[];
  readonly dense: readonly Affine[];
  readonly norms: readonly Norm[];
}

/** `features.10` comes after `features.9`. */
const names = new Intl.Collator('en', { numeric: true });

export function modulesOf(tensors: readonly NamedTensor[]): Modules {
  const byModule = new Map<string, Map<string, NamedTensor>>();
  for (const tensor of tensors) {
    const dot = tensor.name.lastIndexOf('.');
    const [module, part] = [tensor.name.slice(0, Math.max(0, dot)), tensor.name.slice(dot + 1)];
    // How many batches were seen: of no use to the network.
    if (part === 'num_batches_tracked') continue;
    const parts = byModule.get(module) ?? new Map<string, NamedTensor>();
    byModule.set(module, parts.set(part, tensor));
  }
  const [convolutions, dense, norms]: [Affine[], Affine[], Norm[]] = [[], [], []];
  for (const [name, parts] of [...byModule].sort(([a], [b]) => names.compare(a, b))) {
    const [weight, bias] = [parts.get('weight'), parts.get('bias')];
    const [mean, variance] = [parts.get('running_mean'), parts.get('running_var')];
    const known = [weight, bias, mean, variance].filter((part) => part !== undefined);
    const rank = weight?.shape.length;
    if (weight && rank === 1 && bias && mean && variance && known.length === parts.size) {
      const values = { gamma: weight, beta: bias, moving_mean: mean, moving_variance: variance };
      norms.push({ name, parts: values });
    } else if (weight && (rank === 2 || rank === 4) && !mean && known.length === parts.size) {
      (rank === 4 ? convolutions : dense).push({ name, weight, bias });
    } else throw new Misfit('torch.module', { name: quoted(name || [...parts.keys()].join(', ')) });
  }
  return { convolutions: chained(convolutions), dense: chained(dense), norms };
}

const inputs = ({ weight }: Affine) => weight.shape[1] ?? 0;
const outputs = ({ weight }: Affine) => weight.shape[0] ?? 0;

/** Steps in search of orders, of which shapes that are alike have as many as one likes. */
const MOST_STEPS = 10_000;

/** The orders in which each takes what the one before gives; two are as good as more. */
function chainsOf(modules: readonly Affine[]): (readonly Affine[])[] {
  const chains: (readonly Affine[])[] = [];
  let steps = 0;
  const walk = (chain: readonly Affine[], rest: readonly Affine[]) => {
    if (chains.length > 1 || ++steps > MOST_STEPS) return;
    if (rest.length === 0) chains.push(chain);
    const last = chain.at(-1);
    for (const module of rest) {
      if (last && outputs(last) !== inputs(module)) continue;
      walk(
        [...chain, module],
        rest.filter((other) => other !== module),
      );
    }
  };
  walk([], modules);
  return chains;
}

/** By their names where that makes a chain, or else by their shapes, where those allow one order alone. */
function chained(modules: readonly Affine[]): readonly Affine[] {
  const links = (takes: (units: number, module: Affine) => boolean) =>
    modules.every((module, i) => {
      const before = modules[i - 1];
      return !before || takes(outputs(before), module);
    });
  if (links((units, module) => units === inputs(module))) return modules;
  const chains = chainsOf(modules);
  if (chains.length > 1) throw new Misfit('torch.ambiguous', { count: chains.length });
  const [chain] = chains;
  if (chain) return chain;
  // Groups of channels that do not see each other: each filter takes a part of what there is.
  if (links((units, module) => inputs(module) > 1 && units % inputs(module) === 0)) return modules;
  throw new Misfit('torch.order');
}
