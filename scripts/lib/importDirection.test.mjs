import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import rules from '../../.dependency-cruiser.mjs';

describe('the import direction', () => {
  /** @type {string} */
  let project;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'workbench-imports-'));
    for (const name of ['@tensorflow/tfjs-core', 'react', 'valibot', 'idb']) {
      await write(`node_modules/${name}/package.json`, '{ "main": "index.js" }');
      await write(`node_modules/${name}/index.js`, 'export const x = 1;');
    }
    await write('package.json', '{ "dependencies": { "react": "1", "valibot": "1", "idb": "1" } }');
    await write('src/util/a.ts', 'export const x = 1; export type X = number;');
    await write('src/protocol/a.ts', 'export const x = 1; export type X = number;');
    await write('src/engine/tfjs/a.ts', 'export const x = 1; export type X = number;');
    await write('src/ui/a.ts', 'export const x = 1;');
  });
  afterEach(() => rm(project, { recursive: true }));

  it.each([
    ['src/domain/b.ts', "import { x } from '../util/a.ts'; console.log(x);"],
    ['src/domain/b.ts', "import { x } from 'valibot'; console.log(x);"],
    ['src/ui/b.ts', "import type { X } from '../protocol/a.ts'; export type Y = X;"],
    ['src/engine/tfjs/b.ts', "import { x } from '@tensorflow/tfjs-core'; console.log(x);"],
    ['src/engine/b.ts', "import('./tfjs/a.ts').then(console.log);"],
    ['src/engine/b.ts', "import type { X } from './tfjs/a.ts'; export type Y = X;"],
    ['src/app/useStore.ts', "import { x } from 'react'; console.log(x);"],
    ['src/main.tsx', "import { x } from './ui/a.ts'; console.log(x);"],
  ])('lets %s say: %s', async (path, source) => {
    await write(path, source);

    expect(await brokenRules()).toEqual([]);
  });

  it.each([
    ['util-imports-nothing', 'src/util/b.ts', "import '../ui/a.ts';"],
    ['domain-imports-util', 'src/domain/b.ts', "import { x } from '../ui/a.ts'; console.log(x);"],
    [
      'domain-imports-util',
      'src/domain/b.ts',
      "import type { X } from '../protocol/a.ts'; export type Y = X;",
    ],
    ['domain-packages', 'src/domain/b.ts', "import { x } from 'idb'; console.log(x);"],
    [
      'ui-imports-app-domain-util',
      'src/ui/b.ts',
      "import { x } from '../protocol/a.ts'; console.log(x);",
    ],
    ['tensorflow-where-it-runs', 'src/ui/b.ts', "import '@tensorflow/tfjs-core';"],
    [
      'tensorflow-where-it-runs',
      'src/app/b.ts',
      "import type { X } from '@tensorflow/tfjs-core'; export type Y = X;",
    ],
    [
      'tensorflow-when-asked-for',
      'src/training/b.ts',
      "import { x } from '../engine/tfjs/a.ts'; console.log(x);",
    ],
    ['react-where-it-shows', 'src/app/b.ts', "import { x } from 'react'; console.log(x);"],
    ['no-cycles', 'src/ui/b.ts', "import './b.ts';"],
    ['known-folders', 'src/helpers/b.ts', "import '../util/a.ts';"],
    ['resolvable', 'src/ui/b.ts', "import './missing.ts';"],
  ])('breaks %s if %s says: %s', async (rule, path, source) => {
    await write(path, source);

    expect(await brokenRules()).toContain(rule);
  });

  /** @param {string} path @param {string} content */
  async function write(path, content) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), content);
  }

  async function brokenRules() {
    const { tsConfig: _, ...options } = rules.options;
    const result = await cruise(['src'], {
      ...options,
      ruleSet: {
        forbidden: /** @type {import('dependency-cruiser').IForbiddenRuleType[]} */ (
          rules.forbidden
        ),
      },
      validate: true,
      baseDir: project,
    });
    if (typeof result.output === 'string') throw new Error(result.output);
    return result.output.summary.violations.map(({ rule }) => rule.name);
  }
});
