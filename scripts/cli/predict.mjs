import '../lib/requireNode.mjs';

await import('../commands/predict.mjs');
