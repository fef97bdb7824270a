import { noGrad } from "@dl/autograd";
import { DataLoader, mnist, mnistLicence, normalizeImages, TensorDataset } from "@dl/data";
import { type Module, measure, summary } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam, LambdaLR } from "@dl/optim";
import { argmax, eq, scope, softmax, type Tensor, unsqueeze } from "@dl/tensor";
import { type Digits, firstOf } from "../../digits.ts";
import type { Context, Example } from "../../example.ts";
import { writeAtomically } from "../../files.ts";
import { file, integer, optionalFile } from "../../flags.ts";
import { digitCnn } from "../../nets.ts";
import { type Guess, mnistReport } from "../../report/mnist.ts";
import { chart } from "../../ui/chart.ts";

interface Values {
  readonly epochs: number;
  readonly batchSize: number;
  readonly subset: number;
  readonly predictions: string | undefined;
  readonly report: string;
}

const whole = 60_000;

const example: Example<Values> = {
  name: "mnist-cnn",
  title: {
    ja: "手書き数字 MNIST を CNN で 99 % 以上読む",
    en: "A CNN reads handwritten digits, MNIST, to over 99 %",
  },
  ids: ["ARCH2"],
  seconds: 65,
  data: "MNIST",
  flags: {
    epochs: integer(3, "how often all training images are seen", { min: 1 }),
    batchSize: integer(64, "images in one step", { min: 2 }),
    subset: integer(whole, "training images, the first of all", { min: 2, max: whole }),
    predictions: optionalFile("where to write the 10,000 predicted digits, one byte each"),
    report: file("reports/mnist-cnn.html", "where to write the report"),
  },
  quick: { epochs: 1 },
  async run(context) {
    const { flags, log, metric, claim } = context;
    const train = firstOf(await mnist({ train: true, from: import.meta.url }), flags.subset);
    const test = await mnist({ train: false, from: import.meta.url });
    log(`data: ${flags.subset.toLocaleString("en")} images to learn from, 10,000 to test with\n${mnistLicence}`);

    const model = digitCnn();
    log(summary(model, [flags.batchSize, 1, 28, 28]));

    const { losses, accuracies, seconds, guesses } = await fit(model, train, test, context);
    const testAccuracy = accuracies.at(-1) as number;
    if (flags.predictions !== undefined) {
      const bytes = Uint8Array.from(guesses, ({ digit }) => digit);
      log(`predictions: ${writeAtomically(flags.predictions, bytes)}`);
    }
    log(chart(losses, { title: "training loss", unit: "step" }));
    const [truth, pictures] = [await test.labels.read(), await test.images.read()];
    log(`report: ${mnistReport(flags.report, { context, losses, accuracies, seconds, guesses, truth, pictures })}`);

    metric("testAccuracy", testAccuracy, `${(100 * testAccuracy).toFixed(2)} %`);
    metric("secondsPerEpoch", seconds / flags.epochs, `${(seconds / flags.epochs).toFixed(1)} s`);
    metric("parameters", measure(model, [1, 1, 28, 28]).parameters);
    const peak = process.resourceUsage().maxRSS * 1024;
    const data = [train, test].reduce((sum, { images, labels }) => sum + images.size + 4 * labels.size, 0);
    metric("peakMemory", peak, `${megabytes(peak)} MB, ${megabytes(peak - data)} MB beyond the data`);
    if (flags.subset === whole) claim("test accuracy", testAccuracy, ">= 0.99", testAccuracy >= 0.99);
  },
};

export default example;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** Adam with a learning rate that falls to 0 in a straight line. */
async function fit(model: Module, train: Digits, test: Digits, { flags, progress, log }: Context<Values>) {
  const loader = new DataLoader(new TensorDataset(train.images, train.labels), {
    batchSize: flags.batchSize,
    shuffle: true,
  });
  const optimizer = new Adam(model.parameters(), { lr: 0.003 });
  const scheduler = new LambdaLR(optimizer, { lrLambda: (step) => 1 - step / (flags.epochs * loader.length) });
  const [losses, accuracies]: [number[], number[]] = [[], []];
  let guesses: Guess[] = [];
  let seconds = 0;
  for (let epoch = 1; epoch <= flags.epochs; epoch++) {
    const bar = progress(train.images.shape[0] as number, { label: `epoch ${epoch}/${flags.epochs}`, unit: "images" });
    const start = performance.now();
    let [seen, right] = [0, 0];
    model.train();
    for (const [images, labels] of loader) {
      const { loss, hits } = scope(() => {
        const logits = model.forward(unsqueeze(normalizeImages(images), 1));
        const loss = crossEntropy(logits, labels);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return { loss: loss.detach(), hits: eq(argmax(logits.detach(), { dim: 1 }), labels).sum() };
      });
      scheduler.step();
      losses.push(await loss.itemAsync());
      right += await hits.itemAsync();
      seen += labels.size;
      bar.update(seen, { loss: losses.at(-1) as number, accuracy: right / seen });
    }
    seconds += (performance.now() - start) / 1000;
    bar.stop();
    const truth = await test.labels.read();
    guesses = await read(model, test.images);
    accuracies.push(guesses.filter(({ digit }, i) => digit === truth[i]).length / guesses.length);
    log(`epoch ${epoch}: test accuracy ${(100 * (accuracies.at(-1) as number)).toFixed(2)} %`);
  }
  return { losses, accuracies, seconds, guesses };
}

/** What the model takes each image for, and how sure it is. */
async function read(model: Module, images: Tensor): Promise<Guess[]> {
  model.eval();
  const guesses: Guess[] = [];
  for (const [batch] of new DataLoader(new TensorDataset(images), { batchSize: 100 })) {
    const { values, indices } = scope(() =>
      noGrad(() => softmax(model.forward(unsqueeze(normalizeImages(batch), 1)), { dim: 1 }).max({ dim: 1 })),
    );
    const [confidence, digit] = [await values.read(), await indices.read()];
    for (const [i, each] of digit.entries()) guesses.push({ digit: each, confidence: confidence[i] as number });
  }
  return guesses;
}
