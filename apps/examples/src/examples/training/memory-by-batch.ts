import { Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "@dl/layers";
import { Adam } from "@dl/optim";
import { manualSeed, memoryStats, ones, scope, useDevice } from "@dl/tensor";
import { estimateMemory } from "@dl/train";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Held {
  readonly batch: number;
  /** Bytes of a training step, as estimated and as the heap held them. */
  readonly estimated: number;
  readonly measured: number;
  /** What does not grow with the batch: weights, gradients, the optimizer's state. */
  readonly fixed: number;
}

const sizes = [1, 8, 32, 64, 128] as const;

const example: Example<{ readonly report: string }> = {
  name: "memory-by-batch",
  title: { ja: "バッチサイズとメモリ", en: "What a larger batch costs in memory" },
  ids: ["TRAIN12"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/memory-by-batch.html", "where to draw the bytes") },
  async run({ seed, flags, log, metric, claim }) {
    // WebAssembly memory is counted byte by byte
    await useDevice("wasm");
    const all = sizes.map((batch) => held(seed, batch));
    for (const { batch, estimated, measured } of all) {
      const off = Math.abs(estimated / measured - 1);
      metric(`batch of ${batch}: estimated, held`, estimated, `${kilobytes(estimated)} ${kilobytes(measured)}`);
      claim(`batch of ${batch}: the estimate is off by`, percent(off), "≤ 20 %", off <= 0.2);
    }
    // activations are kept for the way back, so memory grows in step with the batch; weights stay the same
    const [least, most] = [all[0], all.at(-1)] as [Held, Held];
    const growth = (most.estimated - most.fixed) / (least.estimated - least.fixed);
    claim("activations of a batch of 128 by those of 1", growth, 128, growth === 128);
    claim("weights, gradients and optimizer: the same for all", most.fixed, least.fixed, most.fixed === least.fixed);
    log(`report: ${draw(flags.report, all)}`);
  },
};

export default example;

/** One training step of a small CNN with Adam. */
function held(seed: number, batch: number): Held {
  manualSeed(seed);
  const live = (): number => memoryStats()?.live ?? 0;
  const before = live();
  return scope(() => {
    const model = new Sequential(
      new Conv2d(1, 8, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(8, 16, 3),
      new ReLU(),
      new Flatten(),
      new Linear(2304, 10),
    );
    const optimizer = new Adam(model.parameters());
    const estimate = estimateMemory(model, [batch, 1, 28, 28], { optimizer });
    scope(() => {
      model
        .forward(ones([batch, 1, 28, 28]))
        .sum()
        .backward();
      optimizer.step();
    });
    // once more up to the loss: gradients and Adam's memory are there now
    const measured = scope(() => {
      const output = model.forward(ones([batch, 1, 28, 28]));
      const bytes = live() - before;
      output.dispose();
      return bytes;
    });
    const { total, input, activations, passing } = estimate;
    return { batch, estimated: total, measured, fixed: total - input - activations - passing };
  });
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024).toLocaleString("en")} KiB`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function draw(path: string, all: readonly Held[]): string {
  const points = (of: (held: Held) => number) => all.map((each) => [each.batch, of(each) / 2 ** 20] as const);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The bytes of one training step of a small CNN with Adam, from one forward pass, and what the heap really held.",
      ja: "小さな CNN を Adam で 1 回学習するときのメモリ。見積もりと実測です。",
    },
    sections: [
      curves({
        heading: { en: "MiB by batch size", ja: "バッチサイズと MiB" },
        note: {
          en: "A straight line: weights, plus the activations of each image.",
          ja: "直線: 重みに、1 枚ごとの活性化が加わります。",
        },
        lines: [
          { name: { en: "estimated", ja: "見積もり" }, points: points(({ estimated }) => estimated) },
          { name: { en: "held", ja: "実測" }, points: points(({ measured }) => measured) },
        ],
        x: "images in a batch",
      }),
    ],
    data: { en: "none: images of ones", ja: "なし（1 の画像）" },
  });
}
