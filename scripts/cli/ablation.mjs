import '../lib/requireNode.mjs';

await import('../commands/ablation.mjs');
