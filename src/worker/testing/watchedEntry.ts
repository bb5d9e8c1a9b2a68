import '../../util/testing/importInWorker.ts';
import '../entry.ts';

/** The worker as it is, which also tells of the rejections that nobody handles. */
self.addEventListener('unhandledrejection', ({ reason }) => {
  self.postMessage({ unhandled: String(reason) });
});
