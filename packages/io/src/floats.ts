/** Number of a float16 in its 16 bits. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * (steps[exponent] as number);
}

/** By exponent: the distance of neighbours. */
const steps: readonly number[] = Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25));

/** Bits of the float16 nearest to `value`, ties to even. */
export function toFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  double[0] = size;
  const low = doubleWords[0] as number;
  const high = doubleWords[1] as number;
  const cut = high & 0x3ff;
  const up = cut > 0x200 || (cut === 0x200 && (low !== 0 || (high & 0x400) !== 0));
  // A fraction that rounds up to 1 carries into the exponent by itself.
  return sign | ((high >>> 10) - ((1023 - 15) << 10) + Number(up));
}

const double = new Float64Array(1);
const doubleWords = new Uint32Array(double.buffer);
const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

/** Number of a bfloat16 in its 16 bits. */
export function fromBfloat16(bits: number): number {
  word[0] = bits << 16;
  return single[0] as number;
}

/** Bits of the bfloat16 nearest to `value` as a float32, ties to even. */
export function toBfloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  single[0] = value;
  const bits = word[0] as number;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) / 0x10000) & 0xffff;
}

/** Number of a float8 with 5 bits of exponent and 2 of fraction: a float16 cut off. */
export const fromFloat8E5M2 = (bits: number): number => fromFloat16(bits << 8);

/** Number of a float8 with 4 bits of exponent and 3 of fraction; it has no infinities. */
export function fromFloat8E4M3(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 0xf;
  const fraction = bits & 7;
  if (exponent === 0xf && fraction === 7) return NaN;
  return exponent === 0 ? sign * fraction * 2 ** -9 : sign * (8 + fraction) * 2 ** (exponent - 10);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
