import { requiresGrad_ } from "@dl/autograd";
import { Adagrad, Adam, type Optimizer, RMSprop, SGD } from "@dl/optim";
import { scope, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";

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
  run({ log, claim, finding }) {
    // x² − y²: downhill towards the middle along x, downhill away from it along y
    log("steps until |y| > 1, from (1, .001):");
    const steps = methods.map(({ name, make, pytorch }) => {
      const left = leaving([1, 0.001], make);
      log(`  ${name.padEnd(9)} ${left}`);
      claim(`${name} leaves the saddle after`, left, pytorch, left === pytorch);
      return left;
    });
    // on the ridge itself the gradient along y is exactly 0: no method that looks at gradients alone can leave
    const stuck = methods.map(({ make }) => leaving([1, 0], make));
    claim(
      "from (1, 0), the ridge, none leaves",
      stuck.join(", "),
      "∞",
      stuck.every((each) => each === Infinity),
    );
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

/** Steps from `start` until |y| > 1; infinite if 1,000 are not enough. */
function leaving(start: readonly number[], make: (params: Tensor[]) => Optimizer): number {
  const p = requiresGrad_(tensor([...start], { dtype: "float64" }));
  const optimizer = make([p]);
  for (let step = 1; step <= 1000; step++) {
    optimizer.zeroGrad();
    scope(() => {
      p.square()
        .mul(tensor([1, -1], { dtype: "float64" }))
        .sum()
        .backward();
      optimizer.step();
    });
    if (Math.abs(Number(p.detach().toArray()[1])) > 1) return step;
  }
  return Infinity;
}
