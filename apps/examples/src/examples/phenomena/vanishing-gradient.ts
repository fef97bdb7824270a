import { crossEntropy } from "@dl/losses";
import { gradientNorms } from "@dl/train";
import { type Digits, digits, firstOf, rows } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, short, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { courseNet, type Net } from "../../nets.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "vanishing-gradient",
  title: { ja: "勾配消失: 入力側の層まで勾配が届かない", en: "Vanishing gradients: the first layers hear nothing" },
  ids: ["PHEN1"],
  seconds: 3,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is measured", { min: 1 }),
    report: file("reports/vanishing-gradient.html", "where to draw the norms"),
  },
  async run({ seed, flags, log, metric, claimEach }) {
    const { train } = await digits();
    const batch = firstOf(train, 256);
    // sigmoid' is at most 1/4: each layer on the way back takes at least that factor, whatever the weights bring
    const measure = (net: Net): Promise<number[][]> => perSeed(seed, flags.seeds, () => norms(net, batch));
    const sigmoid = await measure({ activation: "sigmoid", spread: "xavier" });
    const relu = await measure({ activation: "relu", spread: "he" });
    const tiny = await measure({ activation: "relu", spread: "gaussian" });
    claimEach("sigmoid, Xavier: |g₁| / |g₁₀|", sigmoid.map(ratio), "< 1e-4", (each) => each < 1e-4);
    claimEach("ReLU, He: |g₁| / |g₁₀|", relu.map(ratio), "≥ .3", (each) => each >= 0.3);
    // with N(0, .01) the ratio stays, but all gradients are next to nothing: look at both
    const [flat, last] = [tiny.map(ratio), tiny[0]?.at(-1) as number];
    metric("ReLU, N(0, .01): |g₁| / |g₁₀|", flat[0] as number, span(flat));
    metric("ReLU, N(0, .01): |g₁₀|", last, short(last));
    log(`report: ${draw(flags.report, sigmoid[0] as number[], relu[0] as number[])}`);
  },
};

export default example;

/** The gradient's norm in each of ten layers of 100 units, from the input on, for one batch before any learning. */
async function norms(net: Net, { images, labels }: Digits): Promise<number[]> {
  const model = courseNet({ ...net, hidden: Array.from({ length: 9 }, () => 100) });
  crossEntropy(model.forward(rows(images)), labels).backward();
  return Object.entries(await gradientNorms(model)).flatMap(([name, norm]) => (name.endsWith("weight") ? [norm] : []));
}

const ratio = (norms: readonly number[]): number => (norms[0] as number) / (norms.at(-1) as number);

function draw(path: string, sigmoid: readonly number[], relu: readonly number[]): string {
  const last = sigmoid.at(-1) as number;
  const bound = sigmoid.map((_, i) => last / 4 ** (sigmoid.length - 1 - i));
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "How large the gradient is in each layer, from the input (1) to the output (10), before the first step.",
      ja: "最初の更新の前に、入力側 (1) から出力側 (10) まで各層の勾配がどれだけ大きいか。",
    },
    sections: [
      curves({
        heading: { en: "sigmoid against ReLU", ja: "シグモイドと ReLU" },
        note: { en: "Norm of the gradient of each layer's weights.", ja: "各層の重みの勾配のノルム。" },
        lines: [
          { name: { en: "sigmoid, Xavier", ja: "シグモイド、Xavier" }, points: inOrder(sigmoid) },
          { name: { en: "ReLU, He", ja: "ReLU、He" }, points: inOrder(relu) },
        ],
        x: "layer",
        y: { type: "log" },
      }),
      curves({
        heading: { en: "the factor ¼ of each layer", ja: "層ごとに ¼ 倍" },
        note: {
          en: "The steepest slope of sigmoid is ¼: the bound from the last layer's norm.",
          ja: "シグモイドの傾きは最大でも ¼。最後の層のノルムから引いた上限。",
        },
        lines: [
          { name: { en: "sigmoid", ja: "シグモイド" }, points: inOrder(sigmoid) },
          { name: { en: "¼ⁿ", ja: "¼ⁿ" }, points: inOrder(bound) },
        ],
        x: "layer",
        y: { type: "log" },
      }),
    ],
    data: { en: "MNIST, the first 256 images", ja: "MNIST の最初の 256 枚" },
  });
}
