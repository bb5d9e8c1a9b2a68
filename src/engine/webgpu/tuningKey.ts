import type { AdapterReport } from '../../domain/machine/engineReport.ts';
import { fingerprint } from '../../util/fingerprint.ts';
import type { Operation } from './operation.ts';

/** What decides how quick a shader is, besides its source: the GPU, and the browser's compiler. */
export interface Machine extends Pick<AdapterReport, 'vendor' | 'architecture' | 'description'> {
  /**
   * What the device was opened with. Browsers shorten the names of GPUs or leave them out, so that
   * two GPUs of one machine may differ in these alone.
   */
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly browser: string;
}

export function machineOf(
  { vendor, architecture, description }: AdapterReport,
  { features, limits }: Pick<GPUDevice, 'features' | 'limits'>,
  browser: string,
): Machine {
  const numbers: Record<string, number> = {};
  // Limits are attributes of the prototype, which neither spreading nor `Object.entries` sees.
  for (const name in limits) {
    const limit: unknown = limits[name as keyof GPUSupportedLimits];
    if (typeof limit === 'number') numbers[name] = limit;
  }
  return {
    ...{ vendor, architecture, description, browser },
    ...{ features: [...features].sort(), limits: numbers },
  };
}

/**
 * Under which name a measurement is remembered: it follows from all that was measured and from what it
 * was measured on, so that two questions of one name cannot be, and old answers to a kernel that has
 * changed are never found.
 */
export function tuningKey(machine: Machine, { op, variants }: Operation): string {
  const asked = variants.map(({ name, shaders, scratch }) => [
    name,
    shaders.map(({ wgsl, operands, workgroups }) => [wgsl, operands, workgroups]),
    scratch,
  ]);
  return `${op} ${fingerprint(JSON.stringify([machine, op, asked]))}`;
}

/** The part of `Navigator` that tells one browser from another; not every browser has the brands. */
export interface BrowserNames {
  readonly userAgent: string;
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
  };
}

/** Name and version of the browser, as `Chromium 156, Google Chrome 156`. */
export function browserVersion({ userAgent, userAgentData }: BrowserNames): string {
  const brands = userAgentData?.brands ?? [];
  // Chromium puts a brand of changing letters and signs among them, so that nobody relies on them.
  const real = brands.filter(({ brand }) => !/not.*brand/i.test(brand));
  if (real.length === 0) return userAgent;
  return real
    .map(({ brand, version }) => `${brand} ${version}`)
    .sort()
    .join(', ');
}
