import './lib/requireNode.mjs';

await import('./commands/test.mjs');
