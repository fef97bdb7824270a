import { BatchNorm1d, Linear, type Module, ReLU, Sequential, Sigmoid } from "@dl/layers";
import { normal_, zeros_ } from "@dl/layers/init";
import { crossEntropy } from "@dl/losses";
import type { Optimizer } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import { fit, type ProgressDisplay, progressBar } from "@dl/train";
import { accuracyOn, type Digits, firstOf, rows, shuffled } from "../../digits.ts";

/** How spread the first weights of a layer are, by the number of its inputs. */
export const spreads = {
  /** N(0, .01) */
  gaussian: () => 0.01,
  xavier: (inputs: number) => 1 / Math.sqrt(inputs),
  he: (inputs: number) => Math.sqrt(2 / inputs),
} as const;

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
  const widths = [784, ...hidden, 10];
  const layers = widths.slice(1).flatMap((outputs, i): Module[] => {
    const inputs = widths[i] as number;
    const linear = new Linear(inputs, outputs);
    normal_(linear.weight, { std: spreads[spread](inputs) });
    if (linear.bias !== undefined) zeros_(linear.bias);
    if (i === hidden.length) return [linear];
    return [
      linear,
      ...(batchNorm ? [new BatchNorm1d(outputs)] : []),
      activation === "relu" ? new ReLU() : new Sigmoid(),
    ];
  });
  return new Sequential(...layers);
}

export interface Course {
  readonly train: Digits;
  readonly test: Digits;
  readonly optimizer: Optimizer;
  readonly steps: number;
  /** Steps between two looks at the accuracies. */
  readonly every: number;
  readonly display?: (total: number) => ProgressDisplay;
  /** A penalty that is added to the loss. */
  readonly penalty?: () => Tensor;
}

/** What a look at the accuracies found. */
export interface Look {
  readonly step: number;
  readonly train: number;
  readonly test: number;
}

/** Learns in batches of 100 and looks at both accuracies every so often; the training one on at most 1,000 images. */
export async function learn(model: Module, course: Course): Promise<Look[]> {
  const { train, test, optimizer, steps, every, display, penalty } = course;
  const { history } = await fit(model, shuffled(train, Math.min(100, train.labels.size)), {
    loss(model, [images, labels]) {
      const loss = crossEntropy(model.forward(rows(images)), labels);
      return penalty === undefined ? loss : loss.add(penalty());
    },
    optimizer,
    steps,
    every,
    validate: async (model) => ({
      train: await accuracyOn(model, firstOf(train, Math.min(1000, train.labels.size))),
      test: await accuracyOn(model, test),
    }),
    callbacks: display === undefined ? [] : [progressBar({ display })],
  });
  return history.map(({ step, train, test }) => ({ step, train: train as number, test: test as number }));
}
