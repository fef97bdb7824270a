import { Linear, type Module, ReLU, Sequential, Sigmoid, Tanh } from "@dl/layers";
import { calculateGain, kaimingNormal_, normal_, xavierNormal_, zeros_ } from "@dl/layers/init";
import { randn, type Tensor } from "@dl/tensor";
import { inspectActivations } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed, short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly report: string;
}

interface Pair {
  readonly activation: () => Module;
  readonly init: (weight: Tensor) => Tensor;
  /** Where the spread must be in `layers`, as a multiple of that in layer 1. */
  readonly range: readonly [from: number, to: number];
  readonly layers: "layers 2–10" | "layer 10";
}

const relu = (): Module => new ReLU();
const tanh = (): Module => new Tanh();
const sigmoid = (): Module => new Sigmoid();
const he = (weight: Tensor): Tensor => kaimingNormal_(weight, { nonlinearity: "relu" });
const xavier = (weight: Tensor): Tensor => xavierNormal_(weight);
const stretched = (weight: Tensor): Tensor => xavierNormal_(weight, { gain: calculateGain("tanh") });
const small = (weight: Tensor): Tensor => normal_(weight, { std: 0.01 });

const pairs: Readonly<Record<string, Pair>> = {
  "ReLU, He": { activation: relu, init: he, range: [0.5, 2], layers: "layers 2–10" },
  "tanh, Xavier × 5/3": { activation: tanh, init: stretched, range: [0.5, 2], layers: "layers 2–10" },
  "sigmoid, Xavier": { activation: sigmoid, init: xavier, range: [0.5, 2], layers: "layers 2–10" },
  "tanh, Xavier": { activation: tanh, init: xavier, range: [0.2, 0.5], layers: "layer 10" },
  "ReLU, Xavier": { activation: relu, init: xavier, range: [0.02, 0.1], layers: "layer 10" },
  "ReLU, N(0, .01)": { activation: relu, init: small, range: [0, 1e-7], layers: "layer 10" },
  "tanh, N(0, .01)": { activation: tanh, init: small, range: [0, 1e-6], layers: "layer 10" },
  "ReLU, N(0, 1)": { activation: relu, init: normal_, range: [1e8, 1e11], layers: "layer 10" },
};

const example: Example<Values> = {
  name: "init-depth",
  title: { ja: "Xavier と He の初期値: 10 層を通る信号", en: "Xavier and He: a signal through ten layers" },
  ids: ["TRAIN16"],
  seconds: 2,
  data: "none",
  flags: {
    seeds: integer(3, "how often it is measured", { min: 1 }),
    report: file("reports/init-depth.html", "where to draw the spreads"),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, log, claimEach }) {
    const drawn = new Map<string, readonly number[]>();
    for (const [name, { activation, init, range, layers }] of Object.entries(pairs)) {
      const runs = await perSeed(seed, flags.seeds, () => spreads(activation, init));
      drawn.set(name, runs[0] as number[]);
      // each layer multiplies the spread: a factor of 0.7 is 0.03 after ten layers, one of 11 is 3e10
      const looked = runs.flatMap((run) => run.slice(layers === "layer 10" ? -1 : 1));
      const [from, to] = range;
      claimEach(
        `${name}: spread in ${layers} by that in layer 1`,
        looked,
        `${short(from)}–${short(to)}`,
        (value) => value >= from && value <= to,
      );
    }
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

/** The standard deviation of the activations of ten layers of 256 for 256 random inputs, relative to the first layer's. */
async function spreads(activation: Pair["activation"], init: Pair["init"]): Promise<number[]> {
  const layers = Array.from({ length: 10 }, () => {
    const linear = new Linear(256, 256);
    init(linear.weight);
    if (linear.bias !== undefined) zeros_(linear.bias);
    return [linear, activation()];
  });
  const reports = await inspectActivations(new Sequential(...layers.flat()), randn([256, 256]));
  const all = reports.filter((_, i) => i % 2 === 1).map(({ std }) => std);
  return all.map((std) => std / (all[0] as number));
}

function draw(path: string, drawn: ReadonlyMap<string, readonly number[]>): string {
  const lines = (names: readonly string[]) =>
    names.map((name) => ({
      name: { en: name, ja: "" },
      points: inOrder(drawn.get(name) ?? []),
    }));
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "How spread the activations are in each layer, before any learning, as a multiple of the first layer.",
      ja: "学習前の各層の活性化の標準偏差を、1 層目を 1 として示します。",
    },
    sections: [
      curves({
        heading: { en: "ReLU: He against Xavier", ja: "ReLU: He と Xavier" },
        note: {
          en: "ReLU cuts off half: He's weights are √2 times larger to make up for it.",
          ja: "ReLU は半分を 0 にするので、He は √2 倍の重みで補います。",
        },
        lines: lines(["ReLU, He", "ReLU, Xavier"]),
        x: "layer",
        y: { type: "log" },
      }),
      curves({
        heading: { en: "tanh: Xavier with and without its gain", ja: "tanh: 利得 5/3 の有無" },
        note: { en: "tanh flattens what is large: 5/3 makes up for it.", ja: "tanh の縮みを 5/3 倍で補います。" },
        lines: lines(["tanh, Xavier × 5/3", "tanh, Xavier"]),
        x: "layer",
      }),
      curves({
        heading: { en: "weights without regard to the width", ja: "層の幅を考えない初期値" },
        note: { en: "The signal vanishes or explodes.", ja: "信号は消えるか、爆発します。" },
        lines: lines(["ReLU, N(0, .01)", "ReLU, N(0, 1)"]),
        x: "layer",
        y: { type: "log" },
      }),
    ],
    data: { en: "none: random inputs", ja: "なし（乱数の入力）" },
  });
}
