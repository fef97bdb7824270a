import { linspace, max, sigmoid, type Tensor, tanh, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves, graph } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { near } from "./_near.ts";
import { slope } from "./_slope.ts";

const example: Example<{ readonly report: string }> = {
  name: "sigmoid-and-tanh",
  title: { ja: "シグモイドと tanh: 同じ曲線の 2 つの姿", en: "Sigmoid and tanh: one curve in two sizes" },
  ids: ["ACT2", "ACT7"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/sigmoid-and-tanh.html", "where to draw the curves") },
  async run({ flags, log, claim }) {
    // any number becomes one between 0 and 1; far out it is 0 or 1, without overflow
    await near(claim, "sigmoid(−10⁴, 0, 10⁴)", sigmoid(tensor([-1e4, 0, 1e4])), [0, 0.5, 1], 0);
    await near(claim, "tanh(−10⁴, 0, 10⁴)", tanh(tensor([-1e4, 0, 1e4])), [-1, 0, 1], 0);

    // σ' = σ (1 − σ) is greatest in the middle: ¼. Each sigmoid layer shrinks gradients to a quarter or less
    const grid = linspace(-10, 10, 100);
    const middle = slope(sigmoid, linspace(-10, 10, 101));
    const steepest = await max(middle).itemAsync();
    claim("greatest slope of sigmoid", steepest, 0.25, steepest === 0.25);
    const ends = await slope(sigmoid, tensor([-1e4, 1e4])).read();
    claim(
      "slope at ±10⁴",
      Array.from(ends),
      [0, 0],
      ends.every((each) => each === 0),
    );
    const steeper = await max(slope(tanh, linspace(-10, 10, 101))).itemAsync();
    claim("greatest slope of tanh", steeper, 1, steeper === 1);

    // tanh(z) = 2 σ(2z) − 1: twice as wide, twice as high, moved down to be centred at 0
    const difference = tanh(grid)
      .sub(sigmoid(grid.mul(2)).mul(2).sub(1))
      .abs();
    const most = await max(difference).itemAsync();
    claim("|tanh(z) − (2 σ(2z) − 1)|, greatest of 100 z", most, "≤ 1e-6", most <= 1e-6);

    log(`report: ${await draw(flags.report, grid)}`);
  },
};

export default example;

async function draw(path: string, grid: Tensor): Promise<string> {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Both are steep in the middle and flat at the ends. Where a curve is flat, its gradient is next to nothing.",
      ja: "どちらも中央で急、両端で平らです。平らな所では勾配がほとんどなくなります。",
    },
    sections: [
      curves({
        heading: { en: "values", ja: "値" },
        note: { en: "At 100 points from −10 to 10.", ja: "−10 から 10 までの 100 点。" },
        lines: [
          { name: { en: "sigmoid", ja: "シグモイド" }, points: await graph(grid, sigmoid(grid)) },
          { name: { en: "tanh", ja: "tanh" }, points: await graph(grid, tanh(grid)) },
        ],
        x: "z",
        y: { domain: [-1, 1] },
      }),
      curves({
        heading: { en: "slopes", ja: "傾き" },
        note: { en: "At most ¼ for sigmoid, 1 for tanh.", ja: "最大でシグモイドは ¼、tanh は 1。" },
        lines: [
          { name: { en: "sigmoid′", ja: "シグモイドの導関数" }, points: await graph(grid, slope(sigmoid, grid)) },
          { name: { en: "tanh′", ja: "tanh の導関数" }, points: await graph(grid, slope(tanh, grid)) },
        ],
        x: "z",
        y: { domain: [0, 1] },
      }),
    ],
    data: { en: "None.", ja: "なし。" },
  });
}
