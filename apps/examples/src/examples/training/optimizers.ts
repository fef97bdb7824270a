import { requiresGrad_ } from "@dl/autograd";
import { Adadelta, Adagrad, Adam, Adamax, AdamW, NAdam, type Optimizer, RAdam, RMSprop, SGD } from "@dl/optim";
import { scope, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

type Point = readonly [x: number, y: number];

/** Steps at which the places are compared with PyTorch's. */
const marks = [1, 10, 50, 100] as const;

interface Method {
  readonly name: string;
  readonly make: (params: Tensor[]) => Optimizer;
  /** PyTorch 1.13.1 in float64: x and y after 1, 10, 50 and 100 steps. */
  readonly pytorch: readonly number[];
}

const methods: readonly Method[] = [
  {
    name: "SGD",
    make: (p) => new SGD(p, { lr: 0.95 }),
    pytorch: [-6.335, -1.8, -2.579786894, 0.69735688, -0.047591238, 0.01030755, -0.000323561, 5.3123e-5],
  },
  {
    name: "Momentum",
    make: (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }),
    pytorch: [-6.93, 1.6, -4.347553787, 0.008799741, 0.40917119, -0.060996858, 0.018435772, -0.005702822],
  },
  {
    name: "Nesterov",
    make: (p) => new SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
    pytorch: [-6.867, 1.24, -4.078277804, 0.102721471, 0.347342653, -9.4165e-5, 0.004957867, -1.22e-7],
  },
  {
    name: "AdaGrad",
    make: (p) => new Adagrad(p, { lr: 1.5 }),
    pytorch: [-5.5, 0.5, -1.489385196, 4.338e-6, -0.009833652, 0, -1.8844e-5, 0],
  },
  {
    name: "Adadelta",
    make: (p) => new Adadelta(p, { lr: 10 }),
    pytorch: [
      -6.968377546, 1.968377233, -6.667467967, 1.679928698, -5.313541969, 0.700293551, -3.732015012, 0.093071745,
    ],
  },
  {
    name: "RMSProp",
    make: (p) => new RMSprop(p, { lr: 0.1 }),
    pytorch: [-6.000000143, 1.000000025, -2.78505214, 0.005264078, -0.159569327, 0, -0.001906006, 0],
  },
  {
    name: "Adam",
    make: (p) => new Adam(p, { lr: 0.3 }),
    pytorch: [
      -6.700000004, 1.700000001, -4.059411586, -0.491847039, 0.501600491, -0.038578384, 0.028801454, 0.00065441,
    ],
  },
  {
    name: "Adamax",
    make: (p) => new Adamax(p, { lr: 0.3 }),
    pytorch: [
      -6.700000004, 1.700000001, -4.305339902, -0.018273307, 0.028549259, 0.081388643, 0.023917449, 0.005954025,
    ],
  },
  {
    name: "Nadam",
    make: (p) => new NAdam(p, { lr: 0.3 }),
    pytorch: [-6.685140654, 1.68514065, -4.730920098, 0.219569751, 0.09121653, 0.000571378, -0.003773252, 0],
  },
  {
    name: "RAdam",
    make: (p) => new RAdam(p, { lr: 0.3 }),
    pytorch: [-6.79, 0.8, -5.927602642, -0.87173239, -4.700684603, -0.030262483, -2.569768757, -0.015193144],
  },
  {
    name: "AdamW",
    make: (p) => new AdamW(p, { lr: 0.3, weightDecay: 0.01 }),
    pytorch: [-6.679000004, 1.694000001, -3.897109199, -0.50041312, 0.436436662, -0.027041111, 0.030049195, 0.00200015],
  },
];

const example: Example<{ readonly report: string }> = {
  name: "optimizers",
  title: { ja: "最適化手法の軌跡: 細長い谷を下る", en: "Optimizers: their ways down a narrow valley" },
  ids: ["TRAIN3", "TRAIN4", "TRAIN5", "TRAIN6", "TRAIN7", "TRAIN8", "TRAIN9"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/optimizers.html", "where to draw the heights") },
  async run({ flags, log, metric, claim }) {
    // twenty times as steep across as along: SGD swings across, momentum gathers speed along, the adaptive ones
    // divide each direction by how steep it has been
    const ways = methods.map(({ make }) => walk(valley, [-7, 2], 100, make));
    for (const [i, { name, pytorch }] of methods.entries()) {
      const way = ways[i] as Point[];
      const there = marks.flatMap((step) => way[step - 1] as Point);
      const off = Math.max(...there.map((value, k) => Math.abs(value - (pytorch[k] as number))));
      claim(`${name}: off PyTorch's way, at most`, off, "≤ 1e-6", off <= 1e-6);
      const height = heightOf(way.at(-1) as Point);
      metric(`${name}: height after 100 steps`, height, height.toExponential(1));
    }
    log(`report: ${draw(flags.report, ways)}`);
  },
};

export default example;

/** x²/20 + y², by a point `[2]`. */
const valley = (p: Tensor): Tensor =>
  p
    .square()
    .mul(tensor([1 / 20, 1], { dtype: "float64" }))
    .sum();

const heightOf = ([x, y]: Point): number => x ** 2 / 20 + y ** 2;

/** The points after each step from `start` down `height`. */
function walk(
  height: (p: Tensor) => Tensor,
  start: Point,
  steps: number,
  make: (params: Tensor[]) => Optimizer,
): Point[] {
  const p = requiresGrad_(tensor([...start], { dtype: "float64" }));
  const optimizer = make([p]);
  return Array.from({ length: steps }, () => {
    optimizer.zeroGrad();
    scope(() => {
      height(p).backward();
      optimizer.step();
    });
    const [x, y] = p.detach().toArray();
    return [Number(x), Number(y)];
  });
}

function draw(path: string, ways: readonly (readonly Point[])[]): string {
  const pairs = [
    ["SGD", "Momentum"],
    ["AdaGrad", "RMSProp"],
    ["Adam", "Nadam"],
    ["Adamax", "Adadelta"],
  ] as const;
  const lineOf = (name: string) => ({
    name: { en: name, ja: "" },
    points: (ways[methods.findIndex((method) => method.name === name)] ?? []).map(
      (point, i) => [i + 1, heightOf(point) + 1e-12] as const,
    ),
  });
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The height x²/20 + y² on the way from (−7, 2). RMSProp keeps a fading mean of squared gradients; AdaGrad adds all of them up, so its steps only get shorter.",
      ja: "(−7, 2) から出発したときの高さ x²/20 + y²。RMSProp が保持するのは過去の「学習率」ではなく、勾配の 2 乗の移動平均です。AdaGrad はすべてを足すので歩幅は縮む一方です。",
    },
    highlights: [],
    summary: [],
    sections: pairs.map((pair) =>
      curves({
        heading: { en: pair.join(" and "), ja: pair.join(" と ") },
        note: { en: "Height after each step.", ja: "各ステップ後の高さ。" },
        lines: pair.map(lineOf),
        x: "step",
        y: { type: "log" },
      }),
    ),
    data: { en: "none: a function of two numbers", ja: "なし（2 変数の関数）" },
  });
}
