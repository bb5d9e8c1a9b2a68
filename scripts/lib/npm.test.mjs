import { describe, expect, it } from 'vitest';
import { npmCommand } from './npm.mjs';

const node = { execPath: '/opt/node/bin/node', platform: 'linux' };
const beside = '/opt/node/lib/node_modules/npm/bin/npm-cli.js';
const there = () => true;
const nothing = () => false;

describe('how npm is called', () => {
  it('is the npm that runs us', () => {
    const cli = '/usr/lib/node_modules/npm/bin/npm-cli.js';
    expect(npmCommand({ npm_execpath: cli }, node, there)).toEqual({
      program: node.execPath,
      args: [cli],
    });
  });

  it.each([
    '/usr/lib/node_modules/yarn/bin/yarn.js',
    '/home/me/.cache/node/corepack/pnpm/9.0.0/bin/pnpm.cjs',
    '/usr/lib/node_modules/npm/bin/npx-cli.js',
    '',
    undefined,
  ])('is never %s', (other) => {
    const found = npmCommand({ npm_execpath: other }, node, (path) => path === beside);
    expect(found).toEqual({ program: node.execPath, args: [beside] });
    expect(npmCommand({ npm_execpath: other }, node, nothing)).toEqual({
      program: 'npm',
      args: [],
    });
  });

  it('goes through the shell of Windows where no script of it is found', () => {
    const found = npmCommand({}, { ...node, platform: 'win32' }, nothing);
    expect(found).toEqual({ program: 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] });
  });
});
