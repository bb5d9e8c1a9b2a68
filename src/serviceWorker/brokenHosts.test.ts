import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  kindsOfFile,
  MisbehavingHost,
  makeVersion,
  type Path,
  type Way,
  ways,
} from './testing/misbehavingHost.ts';
import { Visitor } from './testing/visitor.ts';

const [older, newer, strange] = await Promise.all(
  ['older', 'newer', 'strange'].map(makeVersion),
).then(([a, b, c]) => [a, b, c] as const);
if (!older || !newer || !strange) throw new Error('three versions were made');
const versions = [older, newer];
const faults = (Object.keys(kindsOfFile) as Path[]).flatMap((path) =>
  ways.map((way) => [kindsOfFile[path], way, path] as [string, Way, Path]),
);

/** Patience is a matter of seconds in the browser; here of what a busy machine may take for an answer. */
beforeEach(() => {
  const { timeout } = AbortSignal;
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
    timeout.call(AbortSignal, Math.min(ms, 40)),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function visited(host: MisbehavingHost): Promise<Visitor> {
  const visitor = new Visitor(host, versions);
  expect(await visitor.visit(versions)).toBe('older');
  expect(await visitor.loadsMnist()).toBe(true);
  expect(await visitor.visit(versions)).toBe('older');
  expect(await visitor.loadsMnist()).toBe(true);
  return visitor;
}

async function expectOffline(visitor: Visitor, host: MisbehavingHost): Promise<void> {
  host.isGone = true;
  expect(await visitor.visit(versions)).toBeDefined();
  expect(await visitor.loadsMnist()).toBe(true);
  host.isGone = false;
}

describe('a host that has a newer version and answers wrongly for a file of it', () => {
  it.for(faults)(
    '%s: %s. The kept page works meanwhile, and the newer one once it is repaired',
    async ([, way, path]) => {
      const host = new MisbehavingHost(older, strange);
      const visitor = await visited(host);
      host.version = newer;
      host.spoil(path, way);
      for (let visits = 0; visits < 2; visits++) {
        expect(await visitor.visit(versions)).toBeDefined();
        expect(await visitor.loadsMnist()).toBe(true);
      }
      await expectOffline(visitor, host);
      host.repair();
      const seen = [await visitor.visit(versions), await visitor.visit(versions)];
      expect(seen[1]).toBe('newer');
      expect(seen[0]).toBeDefined();
      await expectOffline(visitor, host);
    },
  );
});

describe('a host that answers wrongly on the first visit', () => {
  it.for(faults)('%s: %s. Everything works once it is repaired', async ([, way, path]) => {
    const host = new MisbehavingHost(older, strange);
    const visitor = new Visitor(host, versions);
    host.spoil(path, way);
    await visitor.visit(versions);
    await visitor.loadsMnist();
    await visitor.visit(versions);
    await visitor.loadsMnist();
    host.repair();
    expect(await visitor.visit(versions)).toBe('older');
    expect(await visitor.loadsMnist()).toBe(true);
    expect(await visitor.visit(versions)).toBe('older');
    expect(await visitor.loadsMnist()).toBe(true);
    await expectOffline(visitor, host);
  });
});
