import '../lib/requireNode.mjs';

await import('../commands/robustness.mjs');
