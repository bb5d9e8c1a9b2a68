import type { LayerReport } from '../../domain/shapes.ts';
import { batchNormCalls } from './batchNormCalls.ts';
import type { CallPlanBuilder } from './callPlan.ts';
import { convolutionCalls } from './convolutionCalls.ts';
import { denseCalls } from './denseCalls.ts';
import type { LayerCalls, LayerContext, Value } from './layerContext.ts';
import { avgPoolCalls, dropoutCalls, lrnCalls, maxPoolCalls } from './pixelCalls.ts';

/** Adds every layer's forward calls, in order. */
export function layerCalls(
  plan: CallPlanBuilder,
  reports: readonly LayerReport[],
  images: Value,
  { batch, seed }: Pick<LayerContext, 'batch' | 'seed'>,
): LayerCalls[] {
  let value = images;
  return reports.map((report, index) => {
    const added = addLayer({ plan, report, input: value, batch, seed }, index);
    value = added.output;
    return added;
  });
}

function addLayer(context: LayerContext, index: number): LayerCalls {
  const { layer, outputShape } = context.report;
  switch (layer.kind) {
    case 'conv2d':
      return convolutionCalls(context, layer);
    case 'dense':
      return denseCalls(context, layer);
    case 'lrn':
      return lrnCalls(context, layer);
    case 'batchNorm':
      return batchNormCalls(context, layer);
    case 'maxPool':
      return maxPoolCalls(context);
    case 'avgPool':
      return avgPoolCalls(context);
    case 'dropout':
      return dropoutCalls(context, layer.rate, index);
    // The flattened image lies in memory as the image did.
    case 'flatten':
      return { output: { ...context.input, shape: outputShape }, weights: [], backward: () => {} };
  }
}
