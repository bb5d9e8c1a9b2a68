import type { LayerReport } from '../../domain/architecture/shapes.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** The layer of this name; throws `inside.noLayer`, which names those that there are. */
export function layerOf(layers: readonly LayerReport[], name: string): LayerReport {
  const found = layers.find((report) => report.layer.name === name);
  if (found) return found;
  const names = layers.map((report) => report.layer.name).join(', ');
  throw new WorkbenchError('inside.noLayer', { layer: name, layers: names });
}
