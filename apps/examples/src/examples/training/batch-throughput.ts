import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, rand, randint, scope } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { courseNet } from "../../nets.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { fastest } from "../../stopwatch.ts";

const sizes = [1, 4, 16, 64, 256, 1024] as const;

const example: Example<{ readonly report: string }> = {
  name: "batch-throughput",
  title: { ja: "ミニバッチで計算資源を使い切る", en: "Mini-batches keep the machine busy" },
  ids: ["TRAIN26"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/batch-throughput.html", "where to draw the speeds") },
  async run({ seed, flags, log, metric, claim }) {
    manualSeed(seed);
    const speeds: number[] = [];
    for (const size of sizes) speeds.push(size / (await secondsPerStep(size)));
    for (const [i, size] of sizes.entries()) {
      const speed = Math.round(speeds[i] as number);
      metric(`batches of ${size}: samples a second`, speed);
    }
    // one sample at a time, most of the time goes to starting each operation; with many, to the arithmetic itself,
    // which no batch makes faster
    const [one, , , some, many, most] = speeds as [number, number, number, number, number, number];
    claim("64 at a time by one at a time", Number((some / one).toFixed(1)), "≥ 3", some >= 3 * one);
    claim("… four times as many bring less and less", Number((most / many).toFixed(2)), "≤ 2", most <= 2 * many);
    log(`report: ${draw(flags.report, speeds)}`);
  },
};

export default example;

/** The fastest of twenty training steps of 784-100-100-10, in seconds. */
async function secondsPerStep(size: number): Promise<number> {
  const model = courseNet({ activation: "relu", spread: "he", hidden: [100, 100] });
  const optimizer = new SGD(model.parameters(), { lr: 0.01 });
  const [x, y] = [rand([size, 784]), randint(0, 10, [size])];
  const milliseconds = await fastest(20, () => {
    optimizer.zeroGrad();
    const loss = scope(() => {
      const loss = crossEntropy(model.forward(x), y);
      loss.backward();
      optimizer.step();
      return loss;
    });
    return loss.itemAsync();
  });
  return milliseconds / 1000;
}

function draw(path: string, speeds: readonly number[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Samples that a training step of 784-100-100-10 takes in each second, by the size of the batch.",
      ja: "784-100-100-10 の学習で 1 秒に処理できるデータ数を、バッチサイズごとに測ります。",
    },
    sections: [
      curves({
        heading: { en: "Samples a second", ja: "1 秒あたりのデータ数" },
        note: { en: "Rising at first, then flat.", ja: "はじめは増え、やがて頭打ちになります。" },
        lines: [
          {
            name: { en: "samples a second", ja: "データ数 / 秒" },
            points: sizes.map((size, i) => [Math.log2(size), speeds[i] as number]),
          },
        ],
        x: "log₂ of the batch size",
      }),
    ],
    data: { en: "none: random images", ja: "なし（乱数の画像）" },
  });
}
