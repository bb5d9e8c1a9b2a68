/**
 * A plot of lines as an SVG, both axes logarithmic: written out, so that a command can make it without a
 * browser, with the colours of the reader's scheme.
 *
 * @typedef {object} Line
 * @property {string} name
 * @property {readonly (readonly [x: number, y: number])[]} points
 * @property {number} [colour] lines of one have one; by its place if nothing is said
 * @property {number} [dash]
 *
 * @typedef {object} PlotText
 * @property {string} title
 * @property {string} x what the axis says, with its unit
 * @property {string} y
 */

const WIDTH = 860;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 330;
const TOP = 44;
const BOTTOM = 56;
/** Told apart by people who see few colours too (Okabe and Ito), on white and on dark. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f'];
const dashes = ['', '7 4', '2 3'];

/**
 * @param {PlotText} text
 * @param {readonly Line[]} lines
 */
export function plot(text, lines) {
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0 || points.some(([x, y]) => !(x > 0 && y > 0))) {
    throw new RangeError('A plot with logarithmic axes is of numbers above 0.');
  }
  const xs = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b);
  const x = axis(xs, LEFT, WIDTH - RIGHT);
  const ticks = ticksOf(points.map(([, y]) => y));
  const y = axis([...ticks], HEIGHT - BOTTOM, TOP);
  const drawn = lines.map((line, i) => drawLine(line, i, x, y));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(text.title)}">
<style>
svg { background: #fff; color: #1a1a1a; font: 13px system-ui, sans-serif; }
.grid { stroke: #1a1a1a; stroke-opacity: .12; }
text { fill: #1a1a1a; }
@media (prefers-color-scheme: dark) { svg { background: #16181d; } text { fill: #e8e8e8; } .grid { stroke: #e8e8e8; } }
</style>
<text x="${LEFT}" y="22" font-weight="600">${escaped(text.title)}</text>
${ticks.map((value) => `<path class="grid" d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${label(value)}</text>`).join('\n')}
${xs.map((value) => `<path class="grid" d="M${x(value)} ${TOP}V${HEIGHT - BOTTOM}"/><text x="${x(value)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${label(value)}</text>`).join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(text.x)}</text>
<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escaped(text.y)}</text>
${drawn.join('\n')}
</svg>
`;
}

/**
 * @param {Line} line
 * @param {number} index
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 */
function drawLine({ name, points, ...line }, index, x, y) {
  const colour = colours[(line.colour ?? index) % colours.length];
  const dash = dashes[(line.dash ?? Math.floor(index / colours.length)) % dashes.length];
  const path = points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${x(px)} ${y(py)}`).join('');
  const dots = points.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="3.5"/>`).join('');
  const key = TOP + 10 + 20 * index;
  const keyX = WIDTH - RIGHT + 16;
  return `<g stroke="${colour}" fill="${colour}"><path d="${path}" fill="none" stroke-width="2" stroke-dasharray="${dash}"/>${dots}<path d="M${keyX} ${key}h22" stroke-width="2" stroke-dasharray="${dash}"/></g><text x="${keyX + 28}" y="${key + 4}">${escaped(name)}</text>`;
}

/**
 * A logarithmic axis over these values.
 * @param {readonly number[]} values @param {number} from @param {number} to
 * @returns {(value: number) => number}
 */
function axis(values, from, to) {
  const low = Math.log(Math.min(...values));
  const high = Math.log(Math.max(...values));
  return (value) => {
    const share = high === low ? 0.5 : (Math.log(value) - low) / (high - low);
    return Number((from + share * (to - from)).toFixed(1));
  };
}

/** 1, 2 and 5 of every power of ten around the values. @param {readonly number[]} values */
function ticksOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const all = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of [1, 2, 5]) all.push(Number((step * 10 ** power).toPrecision(1)));
  }
  const first = all.findLastIndex((tick) => tick <= low);
  const last = all.findIndex((tick) => tick >= high);
  const kept = all.slice(Math.max(0, first), last === -1 ? undefined : last + 1);
  if (kept.length <= 9) return kept;
  // Over many powers of ten the powers alone are enough.
  const from = Math.floor(Math.log10(low));
  const count = Math.ceil(Math.log10(high)) - from + 1;
  return Array.from({ length: count }, (_, i) => Number((10 ** (from + i)).toPrecision(1)));
}

/** @param {number} value */
const label = (value) =>
  value < 1 && Number.isInteger(1 / value) && 1 / value <= 64 ? `1/${1 / value}` : String(value);

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
