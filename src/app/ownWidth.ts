import type { EngineReport } from '../domain/engineReport.ts';

/** Width on machines without a hardware adapter, where the full network takes minutes a step. */
const MODEST_WIDTH = 0.25;

/** The width of the network that suits an engine, where nobody asks for one. */
export function ownWidth({ name, adapter }: EngineReport): number {
  return name === 'webgpu' && adapter?.software === false ? 1 : MODEST_WIDTH;
}
