/** An option's value and what it is when nobody says anything. */
export type Told = readonly [value: unknown, normal: unknown];

/**
 * How a layer prints itself: sizes, then the options that are not the usual ones.
 *
 * @example
 * layerText("Conv2d", [1, 16, 3], { padding: [1, 0], bias: [true, true] }); // => "Conv2d(1, 16, 3, padding=1)"
 */
export function layerText(
  name: string,
  sizes: readonly unknown[],
  options: Readonly<Record<string, Told>> = {},
): string {
  const told = Object.entries(options).flatMap(([key, [value, normal]]) =>
    valueText(value) === valueText(normal) ? [] : [`${key}=${valueText(value)}`],
  );
  return `${name}(${[...sizes.map(valueText), ...told].join(", ")})`;
}

const valueText = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(valueText).join(", ")}]` : String(value);

/** Runs a layer's computation: what an op inside complains about opens with the layer as it prints itself. */
export function speakingFor<T>(layer: { toString(): string }, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw error instanceof Error ? retold(layer, error) : error;
  }
}

function retold(layer: { toString(): string }, error: Error): Error {
  const message = error.message.replace(/^\w+: /, `${layer.toString()}: `);
  if (error instanceof RangeError) return new RangeError(message, { cause: error });
  if (error instanceof TypeError) return new TypeError(message, { cause: error });
  return new Error(message, { cause: error });
}

/** Throws unless `p` lies between 0 and 1. */
export function checkProbability(who: string, name: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${who}: ${name} must be between 0 and 1, got ${p}`);
}

/** Throws unless every size is a whole number from `least` on. */
export function checkSizes(who: string, sizes: Readonly<Record<string, number>>, least = 0): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < least)
      throw new RangeError(`${who}: ${name} must be a whole number from ${least} on, got ${size}`);
  }
}
