import type { EngineReport } from '../domain/machine/engineReport.ts';
import { type PresetId, type Recipe, widthOfPreset } from '../domain/recipe/recipe.ts';

/** Width on machines without a hardware adapter, where the full network takes minutes a step. */
const MODEST_WIDTH = 0.25;

/** The width of the network where nobody asks for one: the preset's, or one that suits the engine. */
export function ownWidth({ name, adapter }: EngineReport, preset: PresetId): number {
  const suiting = name === 'webgpu' && adapter?.software === false ? 1 : MODEST_WIDTH;
  return widthOfPreset(preset) ?? suiting;
}

/** Before there is an engine, a width that would follow it stays as it is. */
export function withOwnWidth(recipe: Recipe, engine: EngineReport | undefined): Recipe {
  const width = engine ? ownWidth(engine, recipe.preset) : widthOfPreset(recipe.preset);
  return width === undefined ? recipe : { ...recipe, width };
}
