import type { WeightsFormat } from '../../src/domain/runs/weightsFormat.ts';
import { exportModel } from '../../src/formats/weights/exportModel.ts';
import { importModel } from '../../src/formats/weights/importModel.ts';
import type { WeightsFile } from '../../src/formats/weights/weightsFile.ts';
import { refuseOtherLogits, withSamples } from '../../src/worker/model/samples.ts';

/** A model file of any kind as one of another, read and checked as the page does it. */
export async function convert(
  file: string,
  bytes: Uint8Array,
  format: WeightsFormat,
  kernels: WebAssembly.Module,
  embed: () => Promise<Uint8Array>,
): Promise<WeightsFile> {
  const model = await importModel(file, bytes);
  await refuseOtherLogits(file, model, async () => kernels);
  return exportModel(await withSamples(model, async () => kernels), format, embed);
}
