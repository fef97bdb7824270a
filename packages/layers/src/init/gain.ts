/** What follows the layer whose weights are drawn. */
export type Nonlinearity =
  | "linear"
  | "conv1d"
  | "conv2d"
  | "conv3d"
  | "convTranspose1d"
  | "convTranspose2d"
  | "convTranspose3d"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu"
  | "selu";

const gains: Readonly<Record<Exclude<Nonlinearity, "leakyRelu">, number>> = {
  linear: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  convTranspose1d: 1,
  convTranspose2d: 1,
  convTranspose3d: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 3 / 4,
};

/**
 * By how much weights must be larger so that activations keep their variance through `nonlinearity`.
 *
 * `negativeSlope` (0.01) belongs to `"leakyRelu"`: `√(2 / (1 + negativeSlope²))`.
 *
 * https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain
 *
 * @example
 * calculateGain("tanh"); // => 1.6666666666666667
 */
export function calculateGain(
  nonlinearity: Nonlinearity,
  { negativeSlope = 0.01 }: { negativeSlope?: number } = {},
): number {
  if (nonlinearity === "leakyRelu") return Math.sqrt(2 / (1 + negativeSlope ** 2));
  if (Object.hasOwn(gains, nonlinearity)) return gains[nonlinearity];
  throw new RangeError(
    `calculateGain: no gain is known for ${String(nonlinearity)}: choose ${[...Object.keys(gains), "leakyRelu"].join(", ")}`,
  );
}
