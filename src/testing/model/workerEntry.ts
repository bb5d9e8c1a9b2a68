import './workerHooks.ts';
import '../../worker/entry.ts';
