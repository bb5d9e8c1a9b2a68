import type { AdapterReport } from '../../domain/engineReport.ts';
import type { Operation } from './operation.ts';

/** Counted up when a change of the kernels makes old measurements worthless. */
export const KERNEL_VERSION = 2;

/** What decides how quick a shader is, besides its source: the GPU, and the browser's compiler. */
export type Machine = Pick<AdapterReport, 'vendor' | 'architecture' | 'description'> & {
  readonly browser: string;
};

/** Under which name a measurement is remembered. */
export function tuningKey(machine: Machine, { op, shape }: Operation): string {
  const { vendor, architecture, description, browser } = machine;
  return JSON.stringify([KERNEL_VERSION, vendor, architecture, description, browser, op, shape]);
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
