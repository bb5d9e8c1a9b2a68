import type { ThreadTeam } from '../../engine/wasm/threads/threadTeam.ts';
import { assert } from '../../util/assert.ts';
import { floatsOfEach } from '../plan/passes/uses.ts';
import type { Inputs, PlanRunner, Purpose } from '../planReader.ts';
import {
  addressIn,
  type CallPlan,
  type Layout,
  layOutTransients,
  planCalls,
  resolveCalls,
} from './callPlan.ts';

interface Learnt {
  readonly list: number;
  readonly calls: CallPlan;
  readonly layout: Layout;
}

/**
 * Runs plans on the weights that lie in the memory of these threads. What a plan needs for itself alone
 * lies behind what lasts, where the values of a run's step lie: between two steps nothing of them is
 * needed.
 */
export class MemoryRunner implements PlanRunner {
  private readonly learnt = new Map<string, Learnt>();
  private readonly fitting = new Map<string, number>();
  private isDisposed = false;

  constructor(
    private readonly team: ThreadTeam,
    private readonly lasting: Layout,
    private readonly mostAtOnce: number,
  ) {}

  most(purpose: Purpose): number {
    const known = this.fitting.get(purpose.key);
    if (known !== undefined) return known;
    const { byteLength } = this.team.memory.buffer;
    const fits = (batch: number) =>
      layOut(purpose, batch, this.lasting).layout.totalBytes <= byteLength;
    let most = this.mostAtOnce;
    while (most > 1 && !fits(most)) most = Math.ceil(most / 2);
    this.fitting.set(purpose.key, most);
    return most;
  }

  async run(purpose: Purpose, inputs: Inputs, count: number): Promise<Float32Array[]> {
    assert(!this.isDisposed, 'the network is still there');
    const { list, calls, layout } = this.listOf(purpose, count);
    const { buffer } = this.team.memory;
    for (const [name, rows] of Object.entries(inputs)) {
      new Float32Array(buffer, addressIn(layout, name), rows.length).set(rows);
    }
    this.team.run(list);
    return calls.results.map((value) => {
      const floats = count * floatsOfEach(value);
      return Float32Array.from(new Float32Array(buffer, addressIn(layout, value.name), floats));
    });
  }

  private listOf(purpose: Purpose, count: number): Learnt {
    const key = `${count} ${purpose.key}`;
    const known = this.learnt.get(key);
    if (known) return known;
    const laidOut = layOut(purpose, count, this.lasting);
    const { byteLength } = this.team.memory.buffer;
    assert(laidOut.layout.totalBytes <= byteLength, 'the memory holds what a plan needs');
    const list = this.team.learn(resolveCalls(laidOut.calls, laidOut.layout));
    this.learnt.set(key, { ...laidOut, list });
    return { ...laidOut, list };
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

function layOut(purpose: Purpose, batch: number, lasting: Layout) {
  // With nothing dropped no seed matters.
  const calls = planCalls(purpose.plan(batch), 0);
  return { calls, layout: layOutTransients(calls, lasting) };
}
