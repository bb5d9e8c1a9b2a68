import './lib/requireNode.mjs';

await import('./commands/check.mjs');
