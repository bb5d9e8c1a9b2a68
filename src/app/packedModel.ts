const MODEL = /(^|[.-])model[.]json$/i;
const BYTES = /[.]bin$/i;

/** Whether these are `model.json` and the weights that TensorFlow.js puts beside it. */
export function areOneModel(names: readonly string[]): boolean {
  const rest = names.filter((name) => !MODEL.test(name));
  return rest.length === names.length - 1 && rest.length > 0 && rest.every((n) => BYTES.test(n));
}

/** One file as it is; of `model.json` and its weights the zip file that holds both. */
export async function packedModel([first, ...others]: readonly [File, ...File[]]): Promise<File> {
  if (others.length === 0) return first;
  const { zipSync } = await import('fflate');
  const entries = await Promise.all(
    [first, ...others].map(async (file) => {
      const name = MODEL.test(file.name) ? 'model.json' : file.name;
      return [name, new Uint8Array(await file.arrayBuffer())] as const;
    }),
  );
  const bytes = zipSync(Object.fromEntries(entries), { level: 0 });
  return new File([bytes as Uint8Array<ArrayBuffer>], 'model-tfjs.zip');
}
