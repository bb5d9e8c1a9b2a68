import type { RunLook } from './runColors.ts';

const WIDTH = 26;
const HEIGHT = 10;

/** A short piece of a run's curve, for legends. */
export function LookSample({ look: { color, dashes } }: { readonly look: RunLook }) {
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" style={{ flexShrink: 0 }}>
      <path
        d={`M0 ${HEIGHT / 2}H${WIDTH}`}
        stroke={color}
        strokeWidth={2.4}
        strokeDasharray={dashes}
      />
    </svg>
  );
}
