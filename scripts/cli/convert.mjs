import '../lib/requireNode.mjs';

await import('../commands/convert.mjs');
