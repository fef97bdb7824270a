import type { Module } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import type { Optimizer } from "@dl/optim";
import { fit, progressBar } from "@dl/train";
import { accuracyOn, type Digits, rows, shuffled } from "./digits.ts";
import type { Context } from "./example.ts";

interface Course {
  readonly train: Digits;
  readonly test: Digits;
  readonly optimizer: Optimizer;
  /** How many batches of 100. */
  readonly steps: number;
  /** Makes the model's inputs of images. Default rows of 784 numbers from 0 to 1. */
  readonly view?: typeof rows;
}

/** Teaches a model to read digits: its accuracy on the test digits, which is printed beside the last training loss. */
export async function trainOnDigits(
  name: string,
  model: Module,
  { train, test, optimizer, steps, view = rows }: Course,
  { progress, metric }: Pick<Context, "progress" | "metric">,
): Promise<number> {
  const { history } = await fit(model, shuffled(train, 100), {
    loss: (model, [images, labels]) => crossEntropy(model.forward(view(images)), labels),
    optimizer,
    steps,
    every: steps,
    callbacks: [progressBar({ display: (total) => progress(total, { label: name, unit: "steps" }) })],
  });
  const accuracy = await accuracyOn(model, test, view);
  metric(`${name}: training loss, test`, accuracy, `${history.at(-1)?.loss.toFixed(3)} ${accuracy.toFixed(4)}`);
  return accuracy;
}
