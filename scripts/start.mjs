import './lib/requireNode.mjs';

await import('./commands/start.mjs');
