import './lib/requireNode.mjs';

await import('./commands/faults.mjs');
