import { spawn } from 'node:child_process';
import { inProject } from '../../scripts/lib/paths.mjs';

export interface CommandResult {
  readonly status: number | null;
  /** What stood on standard output, a JSON object a line. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
}

/** Runs a command of the command line with `--json`. */
export function runCommandLine(
  command: 'train' | 'evaluate' | 'predict' | 'ablation',
  args: readonly string[],
): Promise<CommandResult> {
  const script = inProject(`scripts/cli/${command}.mjs`);
  const child = spawn(process.execPath, [script, '--json', ...args], { stdio: 'pipe' });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve) => {
    child.on('close', (status) => {
      const lines = output.split('\n').filter((line) => line !== '');
      resolve({ status, events: lines.map((line) => JSON.parse(line)), errors });
    });
  });
}

/** The events of one kind. */
export function ofKind(result: CommandResult, kind: string) {
  return result.events.filter(({ event }) => event === kind);
}
