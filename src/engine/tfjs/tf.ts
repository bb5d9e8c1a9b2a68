/**
 * The one door to TensorFlow.js, behind which all of it lies: 300 kB that arrive when an engine of its is
 * asked for, or a test, and not before.
 *
 * The packages are used one by one, not through `@tensorflow/tfjs`, so what that one would register
 * is registered here, by imports for their side effects: the gradients, and the three backends with
 * their kernels. A backend imported for its types alone would be elided by the compiler and missing
 * in the built page. Chained ops (`x.mul(y)`) are left out, and their types with them: write
 * `tf.mul(x, y)`.
 */
// The core comes first: the gradients read its flags while they register.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';

export * as tf from '@tensorflow/tfjs-core';
export * as tfLayers from '@tensorflow/tfjs-layers';
