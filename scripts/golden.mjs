import './lib/requireNode.mjs';

await import('./commands/golden.mjs');
