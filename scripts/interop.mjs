import './lib/requireNode.mjs';

await import('./commands/interop.mjs');
