const FAR = 1e12;

/**
 * The squared distance of each pixel to the nearest of a set, exactly: the lower envelope of parabolas,
 * along columns and then along rows (Felzenszwalb and Huttenlocher 2012).
 */
export function squaredDistances(
  isIn: (place: number) => boolean,
  width: number,
  height: number,
): Float64Array {
  const squares = Float64Array.from({ length: width * height }, (_, i) => (isIn(i) ? 0 : FAR));
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const out = new Float64Array(longest);
  const sites = new Int32Array(longest);
  const borders = new Float64Array(longest + 1);
  const along = (start: number, step: number, count: number) => {
    for (let i = 0; i < count; i++) line[i] = squares[start + i * step] ?? FAR;
    envelope(line, count, out, sites, borders);
    for (let i = 0; i < count; i++) squares[start + i * step] = out[i] ?? FAR;
  };
  for (let x = 0; x < width; x++) along(x, width, height);
  for (let y = 0; y < height; y++) along(y * width, 1, width);
  return squares;
}

/** `out[i] = min over j of (i - j)^2 + line[j]`. */
function envelope(
  line: Float64Array,
  count: number,
  out: Float64Array,
  sites: Int32Array,
  borders: Float64Array,
): void {
  const value = (i: number) => line[i] ?? FAR;
  let last = 0;
  sites[0] = 0;
  borders[0] = Number.NEGATIVE_INFINITY;
  borders[1] = Number.POSITIVE_INFINITY;
  for (let i = 1; i < count; i++) {
    const meeting = (site: number) =>
      (value(i) + i * i - value(site) - site * site) / (2 * (i - site));
    let border = meeting(sites[last] ?? 0);
    while (border <= (borders[last] ?? 0)) {
      last--;
      border = meeting(sites[last] ?? 0);
    }
    last++;
    sites[last] = i;
    borders[last] = border;
    borders[last + 1] = Number.POSITIVE_INFINITY;
  }
  let current = 0;
  for (let i = 0; i < count; i++) {
    while ((borders[current + 1] ?? 0) < i) current++;
    const site = sites[current] ?? 0;
    out[i] = (i - site) ** 2 + value(site);
  }
}
