/** The windows of a pool along one dimension: window o covers `starts[o]`, `starts[o] + step` … before `ends[o]`. */
export interface Span {
  readonly size: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly step: number;
  /** How many elements a window counts for in a mean. */
  readonly counts: readonly number[];
}

/** Windows of one size at equal distances, one number for each dimension. */
export interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly ceilMode: boolean;
  /** Whether padding counts in a mean. */
  readonly countPad: boolean;
}

/** The windows along dimension `dim`, of `size` elements. */
export function windowSpan(size: number, window: Window, dim: number): Span {
  const kernel = window.kernel[dim] as number;
  const stride = window.stride[dim] as number;
  const pad = window.padding[dim] as number;
  const step = window.dilation[dim] as number;
  const reach = step * (kernel - 1) + 1;
  const span = { size, starts: [] as number[], ends: [] as number[], step, counts: [] as number[] };
  const outputs = outputLength(size, reach, stride, pad, window.ceilMode);
  for (let o = 0; o < outputs; o++) {
    const corner = o * stride - pad;
    const start = corner < 0 ? corner + Math.ceil(-corner / step) * step : corner;
    const end = Math.min(corner + reach, size);
    span.starts.push(start);
    span.ends.push(end);
    span.counts.push(window.countPad ? Math.min(corner + reach, size + pad) - corner : end - start);
  }
  return span;
}

/** How many windows of `reach` fit. With `ceilMode` the last may hang over the end, but must start inside. */
function outputLength(size: number, reach: number, stride: number, pad: number, ceilMode: boolean): number {
  const room = size + 2 * pad - reach;
  if (!ceilMode) return Math.floor(room / stride) + 1;
  const outputs = Math.ceil(room / stride) + 1;
  return (outputs - 1) * stride >= size + pad ? outputs - 1 : outputs;
}

/** `outputs` windows that share `size` elements as evenly as they can; neighbours overlap where it does not divide. */
export function adaptiveSpan(size: number, outputs: number): Span {
  const starts = Array.from({ length: outputs }, (_, o) => Math.floor((o * size) / outputs));
  const ends = Array.from({ length: outputs }, (_, o) => Math.ceil(((o + 1) * size) / outputs));
  return { size, starts, ends, step: 1, counts: ends.map((end, o) => end - (starts[o] as number)) };
}

const whole: Span = { size: 1, starts: [0], ends: [1], step: 1, counts: [1] };

type Visit = (zs: Span, oz: number, ys: Span, oy: number, xs: Span, ox: number, at: number, plane: number) => void;

/** Visits every window of every plane in row-major order, with its number and the index of its plane's first element. */
export function forEachWindow(planes: number, spans: readonly Span[], visit: Visit): void {
  const [zs, ys, xs] = [spans.at(-3) ?? whole, spans.at(-2) ?? whole, spans.at(-1) ?? whole];
  const area = zs.size * ys.size * xs.size;
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let oz = 0; oz < zs.starts.length; oz++) {
      for (let oy = 0; oy < ys.starts.length; oy++) {
        for (let ox = 0; ox < xs.starts.length; ox++) visit(zs, oz, ys, oy, xs, ox, at++, plane * area);
      }
    }
  }
}

/** How many planes a tensor has whose last dimensions are those of `spans`. */
export const planesOf = (shape: readonly number[], spans: readonly Span[]): number =>
  shape.slice(0, shape.length - spans.length).reduce((total, length) => total * length, 1);
