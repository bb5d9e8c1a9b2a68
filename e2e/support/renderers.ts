import { readdir, readFile, writeFile } from 'node:fs/promises';

/**
 * The memory and the work of the pages of a browser that this process has started, by what Linux tells of
 * processes. A page can ask for its memory (`performance.measureUserAgentSpecificMemory`), but for what is there
 * at the end alone, and is answered after seconds.
 */
export class Renderers {
  private worked = new Map<string, number>();

  private constructor(private readonly processes: readonly number[]) {}

  /** Undefined where the system does not tell. */
  static async find(): Promise<Renderers | undefined> {
    if (process.platform !== 'linux') return undefined;
    const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const parents = new Map<number, number>();
    const renderers: number[] = [];
    for (const id of all) {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      parents.set(id, Number(behindName(stat)[1]));
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      if (command.includes('--type=renderer')) renderers.push(id);
    }
    const isOurs = (id: number): boolean =>
      id === process.pid || (id > 1 && isOurs(parents.get(id) ?? 0));
    const ours = renderers.filter(isOurs);
    return ours.length > 0 ? new Renderers(ours) : undefined;
  }

  /** From now on the highest use is counted anew. Gives what is in use, in bytes. */
  async begin(): Promise<number> {
    await this.each((id) => writeFile(`/proc/${id}/clear_refs`, '5'));
    this.worked = await this.workedMs();
    return this.sum('VmRSS');
  }

  /** The highest use since `begin`. */
  highest(): Promise<number> {
    return this.sum('VmHWM');
  }

  /** What the busiest thread has computed since `begin`: less than passed where it had to wait for its turn. */
  async busiestMs(): Promise<number> {
    const now = await this.workedMs();
    return Math.max(0, ...[...now].map(([thread, ms]) => ms - (this.worked.get(thread) ?? 0)));
  }

  private async workedMs(): Promise<Map<string, number>> {
    const worked = new Map<string, number>();
    await this.each(async (id) => {
      for (const thread of await readdir(`/proc/${id}/task`)) {
        const path = `/proc/${id}/task/${thread}/stat`;
        const stat = await readFile(path, 'utf8').catch(() => '');
        // In user mode and in the kernel, in hundredths of a second.
        const [user = 0, kernel = 0] = behindName(stat).slice(11, 13).map(Number);
        worked.set(`${id} ${thread}`, 10 * (user + kernel));
      }
    });
    return worked;
  }

  private async sum(field: string): Promise<number> {
    let bytes = 0;
    await this.each(async (id) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8');
      bytes += 1024 * Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
    });
    return bytes;
  }

  /** A process may have ended meanwhile. */
  private async each(what: (id: number) => Promise<void>): Promise<void> {
    await Promise.all(this.processes.map((id) => what(id).catch(() => undefined)));
  }
}

/** Of a process or a thread, behind the name, which may hold spaces: the state, the parent, and so on. */
const behindName = (stat: string) => stat.slice(stat.lastIndexOf(')') + 2).split(' ');
