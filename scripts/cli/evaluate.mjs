import '../lib/requireNode.mjs';

await import('../commands/evaluate.mjs');
