import type { WorkbenchState } from '../../../app/state.ts';
import type { AdapterReport, EngineChoice, EngineReport } from '../../../domain/engineReport.ts';

/** The engines offered, the automatic choice first. */
export const engineChoices = [
  'auto',
  'webgpu',
  'wasm',
  'webgl',
  'cpu',
] as const satisfies readonly EngineChoice[];

/** A failed engine can be left for another one; a busy one cannot. */
export function canSelectEngine({ phase }: WorkbenchState): boolean {
  return phase === 'idle' || phase === 'paused' || phase === 'failed';
}

/** As people call it: `description` where the browser tells it, else vendor and architecture. */
export function adapterName({ vendor, architecture, description }: AdapterReport): string {
  if (description !== '') return description;
  return [vendor, architecture].filter((part) => part !== '').join(' ');
}

/** The text that explains an engine of the menu on this machine. */
export function engineNote(choice: EngineChoice, report: EngineReport | undefined): string {
  const isSoftware = choice === 'webgpu' && report?.adapter?.software === true;
  return isSoftware ? 'webgpu.softwareNote' : `${choice}.note`;
}
