export { adam } from './adam';
export { augmentBatch } from './augmentBatch';
export { average } from './average';
export { avgPool } from './avgPool';
export { avgPoolGradient } from './avgPoolGradient';
export { barrier } from './barrier';
export {
  batchMoments,
  batchNorm,
  batchNormInputGradient,
  batchNormStillGradient,
  batchNormWeightGradients,
} from './batchNorm';
export { columnSums } from './columnSums';
export { conv2d, conv2dInputGradient } from './conv2d';
export { conv2dFilterGradient } from './conv2dFilterGradient';
export { copyChannels } from './copyChannels';
export { dropout } from './dropout';
export { gate } from './gate';
export { gatherBatch } from './gatherBatch';
export { lrn } from './lrn';
export { lrnGradient } from './lrnGradient';
export { matMul } from './matMul';
export { maxPool } from './maxPool';
export { maxPoolGradient } from './maxPoolGradient';
export { meanMetrics } from './meanMetrics';
export { padImages } from './pad';
export { softmaxCrossEntropy } from './softmaxCrossEntropy';
export { tanhInPlace } from './tanh';
export { transpose } from './transpose';
