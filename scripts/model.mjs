import './lib/requireNode.mjs';

await import('./commands/model.mjs');
