import '../../util/testing/importInWorker.ts';
import '../entry.ts';

/** The worker as it is, with a GPU that is not there, or that goes wrong when the page says so. */

if (self.name === 'no adapter') GPU.prototype.requestAdapter = async () => null;

let device: GPUDevice | undefined;
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  device = await requestDevice.call(this, descriptor);
  return device;
};
new BroadcastChannel('spoil the GPU').onmessage = () => {
  const error = new GPUValidationError('spoiled');
  device?.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
};
