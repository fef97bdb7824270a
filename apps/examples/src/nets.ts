import {
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  Flatten,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Sequential,
  Sigmoid,
} from "@dl/layers";
import { normal_, zeros_ } from "@dl/layers/init";

/** How spread the first weights of a layer are, by the number of its inputs. */
export type Spread = (inputs: number) => number;

export const spreads = {
  /** N(0, .01) */
  gaussian: () => 0.01,
  xavier: (inputs: number) => 1 / Math.sqrt(inputs),
  he: (inputs: number) => Math.sqrt(2 / inputs),
} as const;

/**
 * Fully connected layers of these widths, from the inputs to the outputs; `between` makes what follows each but the last,
 * such as an activation. First weights are normal with the standard deviation `spread`, biases 0.
 *
 * @example
 * denseNet([784, 100, 10], spreads.he, () => [new ReLU()]);
 */
export function denseNet(
  widths: readonly number[],
  spread: Spread,
  between: (width: number) => readonly Module[],
): Sequential {
  const layers = widths.slice(1).flatMap((outputs, i): Module[] => {
    const inputs = widths[i] as number;
    const linear = new Linear(inputs, outputs);
    normal_(linear.weight, { std: spread(inputs) });
    if (linear.bias !== undefined) zeros_(linear.bias);
    return i === widths.length - 2 ? [linear] : [linear, ...between(outputs)];
  });
  return new Sequential(...layers);
}

export interface Net {
  readonly activation: "sigmoid" | "relu";
  readonly spread: keyof typeof spreads;
  /** Normalises before each activation. */
  readonly batchNorm?: boolean;
  /** Units of the hidden layers. Default 40 and 20, as in the course. */
  readonly hidden?: readonly number[];
}

/** The network of the course: 784 pixels, hidden layers, 10 digits; all biases begin at 0. */
export function courseNet({ activation, spread, batchNorm = false, hidden = [40, 20] }: Net): Sequential {
  return denseNet([784, ...hidden, 10], spreads[spread], (width) => [
    ...(batchNorm ? [new BatchNorm1d(width)] : []),
    activation === "relu" ? new ReLU() : new Sigmoid(),
  ]);
}

/** Three blocks of 16, 32 and 64 channels and a layer that names the digit: 29,178 parameters. */
export const digitCnn = (): Sequential =>
  new Sequential(...block(1, 16), ...block(16, 32), ...block(32, 64), new Flatten(), new Linear(64 * 3 * 3, 10));

/** Convolution, normalisation, activation and pooling: the image halves, the channels grow. */
const block = (from: number, to: number): Module[] => [
  new Conv2d(from, to, 3, { padding: 1, bias: false }),
  new BatchNorm2d(to),
  new ReLU(),
  new MaxPool2d(2),
];
