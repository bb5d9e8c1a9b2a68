import './lib/requireNode.mjs';

await import('./commands/build.mjs');
