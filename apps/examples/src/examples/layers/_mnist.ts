import type { Module } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import { accuracyOn, type Digits, firstOf, pictures, shuffled } from "../../digits.ts";
import type { Context } from "../../example.ts";

export interface Course {
  readonly train: Digits;
  readonly test: Digits;
  readonly epochs: number;
  /** Makes the model's inputs of images. Default `[n, 1, 28, 28]`, from 0 to 1. */
  readonly view?: (images: Tensor) => Tensor;
}

/** Adam, .001, batches of 100. The accuracy on the test digits; prints it beside that on 10,000 of the training digits. */
export async function learnDigits(
  name: string,
  model: Module,
  { train, test, epochs, view = pictures }: Course,
  { progress, metric }: Pick<Context, "progress" | "metric">,
): Promise<number> {
  await fit(model, shuffled(train, 100), {
    loss: (model, [images, labels]) => crossEntropy(model.forward(view(images)), labels),
    optimizer: new Adam(model.parameters(), { lr: 0.001 }),
    epochs,
    callbacks: [progressBar({ display: (total) => progress(total, { label: name, unit: "steps" }) })],
  });
  const known = await accuracyOn(model, firstOf(train, Math.min(10_000, train.labels.size)), view);
  const accuracy = await accuracyOn(model, test, view);
  metric(`${name}: training, test`, accuracy, `${known.toFixed(4)} ${accuracy.toFixed(4)}`);
  return accuracy;
}
