import './lib/requireNode.mjs';

await import('./commands/hostile.mjs');
