import '../scripts/lib/requireNode.mjs';

await import('./command.mjs');
