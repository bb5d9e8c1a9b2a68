import './lib/requireNode.mjs';

await import('./commands/dev.mjs');
