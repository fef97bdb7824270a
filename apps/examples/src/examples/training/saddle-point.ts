import { Adagrad, Adam, type Optimizer, RMSprop, SGD } from "@dl/optim";
import { type Tensor, tensor, useDevice } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { type Point, walk } from "./_walk.ts";

interface Method {
  readonly name: string;
  readonly make: (params: Tensor[]) => Optimizer;
  /** Steps that PyTorch 1.13.1 takes from (1, .001) until |y| > 1. */
  readonly pytorch: number;
}

const lr = 0.05;

const methods: readonly Method[] = [
  { name: "SGD", make: (p) => new SGD(p, { lr }), pytorch: 73 },
  { name: "Momentum", make: (p) => new SGD(p, { lr, momentum: 0.9 }), pytorch: 27 },
  { name: "AdaGrad", make: (p) => new Adagrad(p, { lr }), pytorch: 57 },
  { name: "RMSProp", make: (p) => new RMSprop(p, { lr }), pytorch: 2 },
  { name: "Adam", make: (p) => new Adam(p, { lr }), pytorch: 20 },
];

const example: Example = {
  name: "saddle-point",
  title: { ja: "鞍点: 勾配が 0 でも最小ではない", en: "A saddle: no gradient, and yet no minimum" },
  ids: ["TRAIN4"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ log, claim, finding }) {
    // float64, which GPUs lack
    await useDevice("cpu");
    // x² − y²: downhill towards the middle along x, downhill away from it along y
    log("steps until |y| > 1, from (1, .001):");
    const [steps, stuck]: [number[], number[]] = [[], []];
    for (const { name, make, pytorch } of methods) {
      const left = await leaving([1, 0.001], make);
      log(`  ${name.padEnd(9)} ${left}`);
      claim(`${name} leaves the saddle after`, left, pytorch, left === pytorch);
      steps.push(left);
      stuck.push(await leaving([1, 0], make));
    }
    // on the ridge itself the gradient along y is exactly 0: no method that looks at gradients alone can leave
    const none = stuck.every((each) => each === Infinity);
    claim("from (1, 0), the ridge, none leaves", stuck.join(", "), "∞", none);
    const [sgd, , adagrad] = steps as [number, number, number];
    finding({
      id: "TRAIN4",
      described: { en: "AdaGrad converges to a saddle point", ja: "AdaGrad は鞍点に収束することがある" },
      measured: `beside the ridge it leaves after ${adagrad} steps, SGD after ${sgd}; on the ridge all stay`,
      reference: "57 and 73; on the ridge all stay",
      criterion: "stays beside the ridge where SGD leaves",
      reproduced: adagrad === Infinity && sgd < Infinity,
      why: "each direction has its own rate: a small gradient is divided by its own small size. What AdaGrad does suffer from is steps that only get shorter",
    });
  },
};

export default example;

/** x² − y², by a point `[2]`. */
const saddle = (p: Tensor): Tensor =>
  p
    .square()
    .mul(tensor([1, -1], { dtype: "float64" }))
    .sum();

/** Steps from `start` until |y| > 1; infinite if 1,000 are not enough. */
async function leaving(start: Point, make: Method["make"]): Promise<number> {
  const way = await walk(saddle, start, 1000, make);
  const left = way.findIndex(([, y]) => Math.abs(y) > 1);
  return left < 0 ? Infinity : left + 1;
}
