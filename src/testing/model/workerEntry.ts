import './pace.ts';
import './workerHooks.ts';
import '../../worker/entry.ts';
