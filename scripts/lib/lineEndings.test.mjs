import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from './paths.mjs';

describe('the files of this project', () => {
  it('have the same line endings on every system', async () => {
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
