import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inProject } from './paths.mjs';

/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
const commands = Object.entries(scripts).map(([name, line]) => {
  const [program, entry = '', ...args] = line.split(' ');
  return { name, program, entry, args };
});
const entries = [...new Set(commands.map(({ entry }) => entry))];

/**
 * @param {{ entry: string, args: readonly string[] }} command
 * @param {readonly string[]} more
 * @returns {Promise<{ status: number | null, output: string, errors: string }>}
 */
function call({ entry, args }, more) {
  const child = spawn(process.execPath, [inProject(entry), ...args, ...more], { stdio: 'pipe' });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, output, errors }));
  });
}

describe('every command of package.json', () => {
  it('is a file of this project that Node runs', () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const { program } of commands) expect(program).toBe('node');
  });

  // Modules are linked before the first of them runs: what an old Node lacks it would meet first.
  it.each(entries)('%s looks at Node before it imports anything else', async (entry) => {
    const source = await readFile(inProject(entry), 'utf8');
    const lines = source.split('\n').filter((line) => line !== '');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^import '[./]+(scripts[/])?lib[/]requireNode[.]mjs';$/);
    expect(lines[1]).toMatch(/^await import\('[./a-zA-Z]+[.]mjs'\);$/);
  });

  it('looks at Node with what every Node has', async () => {
    const source = await readFile(inProject('scripts/lib/requireNode.mjs'), 'utf8');
    expect(source).not.toMatch(/\bimport\b[^\n]*from|await|[?][.]/);
  });

  it.each(commands)(
    '$name says how it is called, and refuses what it does not know',
    async (command) => {
      const help = await call(command, ['--help']);
      expect(help, help.errors).toMatchObject({ status: 0, errors: '' });
      expect(help.output).toMatch(/^Usage: npm (start|test|run )/);

      const [option = '--help'] = [...help.output.matchAll(/^ +(--[a-z-]+)(?= {2,})/gm)]
        .map(([, name]) => name)
        .filter((name) => name !== undefined && !command.args.includes(name));
      const wrong = [
        ['--nonsense'],
        ['-z'],
        [option, option],
        ['nonsense'],
        ['--help', '--nonsense'],
      ];
      for (const { status, output, errors } of await Promise.all(
        wrong.map((args) => call(command, args)),
      )) {
        expect(status, errors).toBe(2);
        expect(output).toBe('');
        expect(errors).toMatch(/^.+\n\nUsage: npm/);
      }
    },
  );
});
