import { noGrad } from "@dl/autograd";
import { AdaptiveMaxPool2d, Conv2d, Flatten, Linear, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { abs, argmax, conv2d, eq, manualSeed, sum, type Tensor, tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import { digits, pictures } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { type Picture, pictureRow } from "../../report/pictures.ts";
import { writeReport } from "../../report/report.ts";
import { sample, stripes } from "./_stripes.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

/** Bright to the right of dark, and bright below dark. */
const vertical = [
  [-1, 0, 1],
  [-1, 0, 1],
  [-1, 0, 1],
];
const horizontal = [
  [-1, -1, -1],
  [0, 0, 0],
  [1, 1, 1],
];

const example: Example<Values> = {
  name: "stripe-detector",
  title: { ja: "3 × 3 のフィルタが縞を見つける", en: "Filters of 3 × 3 find stripes" },
  ids: ["LAYER8"],
  seconds: 2,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often the stripes are learnt", { min: 1 }),
    steps: integer(300, "batches of 50 pictures", { min: 1 }),
    report: file("reports/stripe-detector.html", "where to draw the filters and what they see"),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, log, metric, claim, claimEach }) {
    manualSeed(seed);
    // two filters made by hand: each answers to the strokes of its own direction
    const weights = tensor([[vertical], [horizontal]]);
    const answer = async (x: Tensor): Promise<number[]> =>
      Array.from(await sum(abs(conv2d(x, weights)), { dim: [0, 2, 3] }).read());
    const [upright, lying] = [stripes(50, 0), stripes(50, 1)];
    const [a, b] = [await answer(upright), await answer(lying)] as [number[], number[]];
    const ratio = Math.min((a[0] as number) / (a[1] as number), (b[1] as number) / (b[0] as number));
    claim("answer to stripes of its own direction against the other", ratio, "≥ 1.5", ratio >= 1.5);

    // four that are learnt: upright stripes, lying stripes, or none? (The notes tell tigers from lions; pictures of those
    // are not to be had here, so the stripes are drawn)
    const runs = await perSeed(seed, flags.seeds, async (each) => {
      const { weight, train, test } = await learnStripes(flags.steps);
      metric(`seed ${each}: stripes right, training and new`, test, `${train.toFixed(3)} ${test.toFixed(3)}`);
      return { weight, test };
    });
    const shares = runs.map(({ test }) => test);
    claimEach("new pictures right", shares, "≥ .95", (share) => share >= 0.95);
    const digit = pictures((await digits()).test.images.at("0:1"));
    log(`report: ${await draw(flags.report, runs[0]?.weight ?? weights, digit, weights)}`);
  },
};

export default example;

async function learnStripes(steps: number) {
  const filters = new Conv2d(1, 4, 3);
  const model = new Sequential(filters, new ReLU(), new AdaptiveMaxPool2d(1), new Flatten(), new Linear(4, 3));
  const known = sample(1000);
  const batches = function* (): Generator<[Tensor, Tensor]> {
    for (let i = 0; ; i = (i + 50) % 1000) yield [known[0].at(`${i}:${i + 50}`), known[1].at(`${i}:${i + 50}`)];
  };
  await fit(model, batches(), {
    loss: (model, [x, y]) => crossEntropy(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.02 }),
    steps,
  });
  const share = async ([x, y]: readonly [Tensor, Tensor]): Promise<number> =>
    (await noGrad(() => eq(argmax(model.forward(x), { dim: 1 }), y).sum()).itemAsync()) / y.size;
  return { weight: filters.weight.detach(), train: await share(known), test: await share(sample(1000)) };
}

async function draw(path: string, learnt: Tensor, digit: Tensor, byHand: Tensor): Promise<string> {
  const each = async (x: Tensor, captions: readonly string[]): Promise<Picture[]> => {
    const [height, width] = x.shape.slice(-2) as [number, number];
    const values = await x.contiguous().read();
    const size = width * height;
    return captions.map((caption, i) => ({ caption, width, height, values: values.slice(i * size, (i + 1) * size) }));
  };
  const maps = noGrad(() => conv2d(digit, byHand).abs());
  const found = Array.from({ length: learnt.shape[0] as number }, (_, i) => `filter ${i}`);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "A filter is a small picture of what it looks for. It is laid over every place; where it fits, its map is bright.",
      ja: "フィルタは探す模様の小さな絵です。あらゆる場所に重ね、合う所で特徴マップが明るくなります。",
    },
    sections: [
      pictureRow(ownFilters, await each(learnt, found)),
      pictureRow(byHandInDigit, [
        ...(await each(digit, ["the digit 数字"])),
        ...(await each(maps, ["upright 縦", "lying 横"])),
      ]),
    ],
    data: { en: "Stripes drawn at random; one test digit of MNIST.", ja: "乱数の縞と MNIST のテスト画像 1 枚。" },
  });
}

const ownFilters = {
  heading: { en: "Filters that were learnt from stripes", ja: "縞から学んだフィルタ" },
  note: { en: "3 × 3 weights, dark to bright.", ja: "3 × 3 の重み。暗いほど小さい。" },
};
const byHandInDigit = {
  heading: { en: "What filters made by hand see in a digit", ja: "手作りのフィルタが数字の中に見るもの" },
  note: { en: "Strength of their answers.", ja: "応答の強さ。" },
};
