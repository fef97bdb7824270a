import { numericalGrad, requiresGrad_ } from "@dl/autograd";
import { mseLoss } from "@dl/losses";
import { manualSeed, randn, scope, type Tensor, useDevice } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { fastest } from "../../stopwatch.ts";

interface Cost {
  readonly parameters: number;
  /** Forward passes that the differences need. */
  readonly passes: number;
  /** Milliseconds for all gradients: by differences, by backpropagation. */
  readonly numeric: number;
  readonly backward: number;
  readonly off: number;
}

const example: Example<{ readonly report: string }> = {
  name: "numeric-differentiation",
  title: { ja: "数値微分はなぜ重いか", en: "Why nobody trains by numeric differentiation" },
  ids: ["TRAIN14"],
  seconds: 2,
  data: "none",
  flags: { report: file("reports/numeric-differentiation.html", "where to draw the times") },
  async run({ seed, flags, log, metric, claim }) {
    // float64, so that small differences are not lost: GPUs lack it
    await useDevice("cpu");
    const costs: Cost[] = [];
    for (const hidden of [4, 16, 64, 256]) costs.push(await costOf(seed, hidden));
    for (const { parameters, passes, numeric, backward, off } of costs) {
      const ratio = numeric / backward;
      metric(`${parameters} parameters: numeric / backpropagation`, ratio, `${ratio.toFixed(0)} ×`);
      claim(`${parameters} parameters: forward passes`, passes, 2 * parameters, passes === 2 * parameters);
      claim(`${parameters} parameters: gradients differ by`, off, "≤ 1e-6", off <= 1e-6);
    }
    // backpropagation costs about as much as two forward passes, however many parameters there are
    const [least, most] = [costs[0], costs.at(-1)] as [Cost, Cost];
    const growth =
      Math.log(most.numeric / most.backward / (least.numeric / least.backward)) /
      Math.log(most.parameters / least.parameters);
    claim(
      "the ratio grows like parameters to the power",
      Number(growth.toFixed(2)),
      ".5–1.5",
      growth > 0.5 && growth < 1.5,
    );
    log(`report: ${draw(flags.report, costs)}`);
  },
};

export default example;

/** A network 4-hidden-1 and eight samples: all its gradients both ways. */
async function costOf(seed: number, hidden: number): Promise<Cost> {
  manualSeed(seed);
  const double = { dtype: "float64" } as const;
  const [x, y] = [randn([8, 4], double), randn([8, 1], double)];
  const weights = [randn([4, hidden], double), randn([hidden], double), randn([hidden, 1], double)];
  let passes = 0;
  const lossOf = (...[w1, b1, w2]: Tensor[]): Tensor => {
    passes++;
    return mseLoss(
      x
        .matmul(w1 as Tensor)
        .add(b1 as Tensor)
        .tanh()
        .matmul(w2 as Tensor),
      y,
    );
  };
  const leaves = weights.map((w) => requiresGrad_(w.clone()));
  const both = (): void => {
    for (const leaf of leaves) leaf.grad = undefined;
    scope(() => lossOf(...leaves).backward());
  };
  const backward = await fastest(20, both);
  passes = 0;
  let numericGradients: (Float64Array | undefined)[] = [];
  const numeric = await fastest(1, () => {
    numericGradients = scope(() => numericalGrad(lossOf, weights));
  });
  const found = leaves.flatMap(({ grad }) => Array.from(grad?.toArray() ?? [], Number));
  const wanted = numericGradients.flatMap((each) => Array.from(each ?? []));
  const off = Math.max(...wanted.map((value, i) => Math.abs(value - (found[i] as number))));
  return { parameters: wanted.length, passes, numeric, backward, off };
}

function draw(path: string, costs: readonly Cost[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Numeric differentiation moves every parameter twice and computes the whole network each time; backpropagation goes back once for all.",
      ja: "数値微分はパラメータごとに 2 回、ネットワーク全体を計算します。誤差逆伝播法は 1 回戻るだけで全部の勾配が出ます。",
    },
    sections: [
      curves({
        heading: { en: "Milliseconds for all gradients", ja: "すべての勾配にかかる時間 (ms)" },
        note: { en: "One batch of eight samples.", ja: "8 個のデータを 1 回分。" },
        lines: [
          { name: { en: "numeric", ja: "数値微分" }, points: costs.map((each) => [each.parameters, each.numeric]) },
          { name: { en: "backward", ja: "誤差逆伝播" }, points: costs.map((each) => [each.parameters, each.backward]) },
        ],
        x: "parameters",
        y: { type: "log" },
      }),
    ],
    data: { en: "none: random numbers", ja: "なし（乱数）" },
  });
}
