/**
 * Stands in for `@tensorflow/tfjs-core/dist/register_all_gradients.js` in Node (see vitest.config.ts).
 * There each TensorFlow.js package is one CommonJS bundle, that of the layers holds the gradients,
 * and the file itself would register them with a second copy of the core.
 */
import '@tensorflow/tfjs-layers';
