import './lib/requireNode.mjs';

await import('./commands/screens.mjs');
