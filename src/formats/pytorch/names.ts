/** What the parts of a layer are called here and in PyTorch. */
const parts = [
  ['kernel', 'weight'],
  ['bias', 'bias'],
  ['gamma', 'weight'],
  ['beta', 'bias'],
  ['moving_mean', 'running_mean'],
  ['moving_variance', 'running_var'],
] as const;

/** `conv1/kernel` is `conv1.weight`. */
export function torchName(name: string): string {
  const [layer = '', part = ''] = name.split('/');
  const found = parts.find(([ours]) => ours === part);
  return `${layer}.${found?.[1] ?? part}`;
}
