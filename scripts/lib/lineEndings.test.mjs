import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inProject, root } from './paths.mjs';

describe('the files of this project', () => {
  // Without a repository, as in a downloaded archive, nobody says what is a file of this project.
  it.skipIf(!existsSync(inProject('.git')))('have the same line endings everywhere', async () => {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '--eol'], {
      ...{ cwd: root, maxBuffer: 2 ** 24 },
    });
    const files = stdout.trim().split('\n');
    expect(files.length).toBeGreaterThan(500);
    // In the index, in the working tree, and as .gitattributes says: LF for texts, nothing for the rest.
    const text = /^i[/](lf|none) +w[/](lf|none) +attr[/]text=auto eol=lf *\t/;
    const binary = /^i[/](-text|none) +w[/](-text|none) +attr[/]-text *\t/;
    expect(files.filter((line) => !text.test(line) && !binary.test(line))).toEqual([]);
  });
});
