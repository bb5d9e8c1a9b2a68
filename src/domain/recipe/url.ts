import { WorkbenchError } from '../../util/errors.ts';
import { type EngineChoice, engineNames, threadRange } from '../machine/engineReport.ts';
import { type TuningChoice, tuningChoices } from '../machine/tuning.ts';
import { type AddressField, oneOf, recipeFields, whole } from './addressFields.ts';
import {
  type PresetId,
  presetIds,
  presets,
  type Recipe,
  seedRecipe,
  widthOfPreset,
} from './recipe.ts';

/**
 * The page's address, so that a run can be handed on as a link:
 *
 *   ?recipe=seed&arch=alexnet&width=0.25&batch=100&steps=1500&lr=0.001&dropout=0.5&seed=1
 *   &init=he&scaling=minmax&display=10&interval=100&validation=5000&checkpoint=100
 *   &norm=none&schedule=cosine&warmup=100&decay=0.01&smoothing=0.1&averaging=0.99&patience=5&best=on
 *   &shift=2&rotate=15&scale=0.1&shear=0.1&elastic=1&thickness=0.5&brightness=0.1&contrast=0.1
 *   &erase=0.2&mirror=on&lighting=0.1
 *   &engine=wasm&threads=2&tune=off&lang=zh-Hant&train=1&safe=1
 *
 * `interval` is the steps between two validations, `validation` the images that each uses. What is
 * not there keeps its default; names that are not known are other people's and passed over.
 */
export interface Address {
  /** What differs from the seed recipe, or was asked for by name. */
  readonly changes: Partial<Recipe>;
  readonly engine: EngineChoice;
  /** How many threads train on wasm; undefined leaves it to the machine. */
  readonly threads: number | undefined;
  /** Whether kernels are measured before training on webgpu. */
  readonly tuning: TuningChoice;
  readonly language: string | null;
  /** Whether the link asks for training. */
  readonly train: boolean;
  /** Whether nothing that is stored is opened, as what was opened last may be what breaks the page. */
  readonly safe: boolean;
  /** One for each value that was not taken. */
  readonly problems: readonly WorkbenchError[];
}

const engineField = oneOf(['auto', ...engineNames]);
const threadsField = whole(threadRange);
const tuningField = oneOf(tuningChoices);
const languageField = oneOf(['en', 'zh-Hant']);
const switchField = oneOf(['0', '1']);
const presetField = oneOf(presetIds);

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const problems: WorkbenchError[] = [];

  /** The value, or undefined where there is none or a bad one. */
  const ask = (name: string, field: AddressField, used: string | number) => {
    const text = query.get(name);
    if (text === null) return undefined;
    const value = field.read(text);
    if (value === undefined) {
      const shown = text.slice(0, MAX_SHOWN);
      const params = { name, value: shown, expected: field.expected, used };
      problems.push(new WorkbenchError('url.badValue', params));
    }
    return value;
  };

  const presetId = ask('recipe', presetField, seedRecipe.preset) as PresetId | undefined;
  const preset = presets[presetId ?? seedRecipe.preset];
  const fields = recipeFields.flatMap(({ name, key, ...field }) => {
    // Where it is no preset's own, the default width follows the machine.
    const isLeft = key === 'width' && widthOfPreset(preset.preset) === undefined;
    const value = ask(name, field, isLeft ? 'auto' : preset[key]);
    return value === undefined ? [] : [[key, value]];
  });
  const engine = ask('engine', engineField, 'auto') as EngineChoice | undefined;
  const threads = ask('threads', threadsField, 'auto') as number | undefined;
  const tuning = ask('tune', tuningField, 'auto') as TuningChoice | undefined;
  const language = ask('lang', languageField, 'auto') as string | undefined;
  return {
    changes: { ...differences(preset), ...Object.fromEntries(fields) },
    engine: engine ?? 'auto',
    threads,
    tuning: tuning ?? 'auto',
    language: language ?? null,
    train: ask('train', switchField, 0) === '1',
    safe: ask('safe', switchField, 0) === '1',
    problems,
  };
}

/** The query, with its `?`, of what differs from the defaults; empty where nothing does. */
export function writeAddress(recipe: Recipe, defaults: Recipe, engine: EngineChoice): string {
  const query = new URLSearchParams();
  // As it is read: the preset decides what is not named, but for a width that follows the machine.
  const base =
    recipe.preset === defaults.preset
      ? defaults
      : { ...presets[recipe.preset], width: widthOfPreset(recipe.preset) ?? defaults.width };
  if (recipe.preset !== defaults.preset) query.set('recipe', recipe.preset);
  for (const { name, key } of recipeFields) {
    if (recipe[key] !== base[key]) query.set(name, String(recipe[key]));
  }
  if (engine !== 'auto') query.set('engine', engine);
  const text = String(query);
  return text && `?${text}`;
}

const MAX_SHOWN = 60;

/** What a preset sets otherwise than the seed recipe. */
function differences(preset: Recipe): Partial<Recipe> {
  const changed = Object.entries(preset).filter(
    ([key, value]) => seedRecipe[key as keyof Recipe] !== value,
  );
  return Object.fromEntries(changed);
}
