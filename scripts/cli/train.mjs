import '../lib/requireNode.mjs';

await import('../commands/train.mjs');
