import { probeAdapter } from '../../src/engine/adapter.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Open, Runner } from '../contestants/contestant.ts';
import { readWork } from '../work/readWork.ts';
import type { Work, WorkManifest } from '../work/work.ts';
import { countGpuBuffers } from './gpuBuffers.ts';
import type { HostAnswer, HostRequest, WorkFiles } from './protocol.ts';

/** What a host needs of where it runs. */
export interface Surroundings {
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The contestants' modules by their names in the registry. */
  load(module: string): Promise<{ readonly open: Open }>;
}

/** Answers the questions of protocol.ts with the one contestant that it opens. */
export function makeHost({ read, load }: Surroundings) {
  const buffers = countGpuBuffers();
  let contestant: Contestant | undefined;
  let runner: Runner | undefined;
  let work: Work | undefined;

  const readFiles = async (files: WorkFiles): Promise<Work> => {
    const manifest: WorkManifest = JSON.parse(new TextDecoder().decode(await read(files.manifest)));
    return readWork(manifest, await read(files.bytes));
  };
  const loaded = () => {
    assert(work, 'a work is loaded');
    return work;
  };
  const opened = () => {
    assert(contestant, 'a contestant is open');
    runner?.dispose();
    runner = undefined;
    return contestant;
  };
  const ready = () => {
    assert(runner, 'there is something to run');
    return runner;
  };

  const answer = async (request: HostRequest): Promise<HostAnswer> => {
    switch (request.do) {
      case 'adapter': {
        const adapter = await probeAdapter();
        if (!adapter) return {};
        const { vendor, architecture, description, software } = adapter;
        const names = [vendor, architecture, description].filter(Boolean).join(', ');
        return { adapter: { names, software } };
      }
      case 'spin': {
        const end = performance.now() + request.ms;
        while (performance.now() < end);
        return {};
      }
      case 'open': {
        const { open } = await load(request.module);
        contestant = await open(request.options);
        return { facts: contestant.facts };
      }
      case 'load': {
        work = await readFiles(request);
        return {};
      }
      case 'step': {
        const { step } = opened();
        runner = await step(loaded());
        return { facts: runner.facts ?? {}, ...(runner.flops && { flops: runner.flops }) };
      }
      case 'operation': {
        const { operation } = opened();
        runner = await operation?.(loaded(), request.operation);
        return runner ? {} : { absent: true };
      }
      case 'plan': {
        const { plan } = opened();
        assert(plan, 'this contestant knows its plan');
        return { plan: await plan(loaded(), request.rounds) };
      }
      case 'run': {
        const { times, looking } = request;
        const { run, live } = ready();
        if (looking !== undefined) {
          assert(live, 'this contestant can be looked into');
          return { looks: await live(times, looking) };
        }
        const loss = await run(times);
        return loss === undefined ? {} : { loss };
      }
      case 'validate': {
        const { validate } = ready();
        assert(validate, 'this contestant can validate');
        return { right: await validate() };
      }
      case 'peak':
        throw new Error('its peak is measured by probes');
      case 'memory':
        return { gpuBufferBytes: buffers.mostBytes(), facts: runner?.facts ?? {} };
    }
  };
  return (request: HostRequest): Promise<HostAnswer> =>
    answer(request).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
}
