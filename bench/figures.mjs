import '../scripts/lib/requireNode.mjs';

await import('./figures/command.mjs');
