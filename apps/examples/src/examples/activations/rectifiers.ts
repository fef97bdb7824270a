import { elu, exp, leakyRelu, linspace, lt, relu, type Tensor, tensor, where } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves, graph } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { near } from "./_near.ts";
import { slope } from "./_slope.ts";

const example: Example<{ readonly report: string }> = {
  name: "rectifiers",
  title: { ja: "ReLU・Leaky ReLU・ELU: 負の側をどうするか", en: "ReLU, leaky ReLU, ELU: what to do below 0" },
  ids: ["ACT4", "ACT5", "ACT6"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/rectifiers.html", "where to draw the curves") },
  async run({ flags, log, claim }) {
    const x = [-3, -1, -0.5, 0, 0.5, 1, 3];
    await near(claim, "relu", relu(tensor(x)), [0, 0, 0, 0, 0.5, 1, 3]);
    await near(claim, "leakyRelu, slope .01", leakyRelu(tensor(x)), [-0.03, -0.01, -0.005, 0, 0.5, 1, 3]);
    const fromPyTorch = [-0.95021296, -0.63212055, -0.39346933, 0, 0.5, 1, 3];
    await near(claim, "elu, alpha 1", elu(tensor(x)), fromPyTorch);

    // relu lets a gradient through whole or not at all; at 0 itself, where there is no slope, it takes 0 as PyTorch does
    await near(claim, "gradient of relu", slope(relu, tensor(x)), [0, 0, 0, 0, 1, 1, 1]);
    // a little slope below 0 is enough for a unit to find its way back: the example dying-relu shows it
    const little = [0.01, 0.01, 0.01, 0.01, 1, 1, 1];
    await near(claim, "gradient of leakyRelu", slope(leakyRelu, tensor(x)), little);

    // the notes print c·eᶻ for z < 0; the standard (Clevert et al. 2015, PyTorch) is c·(eᶻ − 1). Without the − 1 the
    // curve would jump: just below 0 it stands at c, just above at 0
    const edge = tensor([-1e-6, 1e-6]);
    const gap = async (f: (z: Tensor) => Tensor): Promise<number> => {
      const [below, above] = await f(edge).read();
      return Math.abs((below as number) - (above as number));
    };
    const standard = await gap(elu);
    claim("jump at 0, c·(eᶻ − 1)", standard, "≤ 1e-5", standard <= 1e-5);
    const printed = await gap(asPrinted);
    claim("jump at 0, c·eᶻ as printed", printed, "about 1", Math.abs(printed - 1) <= 1e-5);

    log(`report: ${await draw(flags.report)}`);
  },
};

export default example;

/** ELU as the notes print it, with c = 1. */
const asPrinted = (z: Tensor): Tensor => where(lt(z, 0), exp(z), z);

async function draw(path: string): Promise<string> {
  const grid = linspace(-4, 4, 161);
  const leaky = leakyRelu(grid, { negativeSlope: 0.1 });
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Above 0 all three are the same line. Below 0 ReLU is silent, leaky ReLU whispers, ELU levels out at −1.",
      ja: "0 より上ではどれも同じ直線です。下では ReLU は 0、Leaky ReLU はわずかに傾き、ELU は −1 に近づきます。",
    },
    sections: [
      curves({
        heading: { en: "ReLU and leaky ReLU", ja: "ReLU と Leaky ReLU" },
        note: { en: "Slope .1 instead of .01, to be seen.", ja: "見やすいように傾きは 0.01 でなく 0.1。" },
        lines: [
          { name: { en: "ReLU", ja: "ReLU" }, points: await graph(grid, relu(grid)) },
          { name: { en: "leaky ReLU", ja: "Leaky ReLU" }, points: await graph(grid, leaky) },
        ],
        x: "z",
      }),
      curves({
        heading: { en: "ELU, and the misprint", ja: "ELU と誤植" },
        note: {
          en: "c·(eᶻ − 1) is continuous; c·eᶻ, as the notes print it, jumps at 0.",
          ja: "c·(eᶻ − 1) は連続です。ノートの c·eᶻ は 0 で跳びます。",
        },
        lines: [
          { name: { en: "ELU", ja: "ELU" }, points: await graph(grid, elu(grid)) },
          { name: { en: "as printed", ja: "誤植" }, points: await graph(grid, asPrinted(grid)) },
        ],
        x: "z",
      }),
    ],
    data: { en: "None.", ja: "なし。" },
  });
}
