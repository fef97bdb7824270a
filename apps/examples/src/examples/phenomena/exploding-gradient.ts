import { Linear, Module, Parameter } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { add, div, matmul, norm, rand, randint, randn, scatter, select, stack, type Tensor, zeros } from "@dl/tensor";
import { gradientNorms } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const hidden = 64;

/** An Elman network: each new state comes from the input and, by the recurrent matrix, from the state before. */
class Elman extends Module {
  readonly input = new Linear(2, hidden);
  readonly output = new Linear(hidden, 1);
  readonly recurrent = new Parameter(randn([hidden, hidden]));
  readonly #activation: (x: Tensor) => Tensor;

  constructor(activation: (x: Tensor) => Tensor) {
    super();
    this.#activation = activation;
  }

  override forward(x: Tensor): Tensor {
    let state = zeros([x.shape[0] as number, hidden]);
    for (let t = 0; t < (x.shape[1] as number); t++)
      state = this.#activation(add(this.input.forward(select(x, 1, t)), matmul(state, this.recurrent)));
    return this.output.forward(state);
  }
}

const example: Example<Values> = {
  name: "exploding-gradient",
  title: {
    ja: "勾配爆発: 時間をさかのぼるほど大きくなる勾配",
    en: "Exploding gradients: larger with every step back in time",
  },
  ids: ["PHEN2"],
  seconds: 4,
  data: "none",
  flags: {
    seeds: integer(3, "how often it is measured", { min: 1 }),
    steps: integer(50, "length of the sequences", { min: 2 }),
  },
  async run({ seed, flags, log, claimEach }) {
    const measure = (radius: number, activation: (x: Tensor) => Tensor): Promise<number[]> =>
      perSeed(seed, flags.seeds, async () => {
        const model = new Elman(activation);
        await stretch(model.recurrent, radius);
        const [x, y] = addingTask(64, flags.steps);
        mseLoss(model.forward(x), y).backward();
        return (await gradientNorms(model))["recurrent"] as number;
      });
    // back through time, the gradient is multiplied by the same matrix at each step: 1.5⁵⁰ is about 6e8
    const linear = await measure(1.5, (x) => x);
    const saturating = await measure(1.5, (x) => x.tanh());
    const steep = await measure(4, (x) => x.tanh());
    const rectified = await measure(2, (x) => x.relu());
    log(`gradient norm of the recurrent matrix, ${flags.steps} steps: ReLU, radius 2: ${span(rectified)}`);
    claimEach("linear, radius 1.5", linear, "> 1e6", (each) => each > 1e6);
    claimEach("tanh, radius 4", steep, "> 1e6", (each) => each > 1e6);
    // where tanh saturates its slope is near 0, which holds the product down
    claimEach("tanh, radius 1.5", saturating, "< 1e3", (each) => each < 1e3);
  },
};

export default example;

/** Scales a matrix so that its spectral radius, how much it stretches in the long run, found by powers, is `radius`. */
async function stretch(matrix: Parameter, radius: number): Promise<void> {
  const values = matrix.detach();
  let vector = randn([hidden, 1]);
  let growth = 0;
  const rounds = 300;
  for (let i = 0; i < rounds; i++) {
    const next = matmul(values, vector);
    const length = await norm(next).itemAsync();
    growth += i < rounds / 2 ? 0 : Math.log(length);
    vector = div(next, length);
  }
  values.mul_(radius / Math.exp(growth / (rounds / 2)));
}

/** Rows of numbers and marks; the answer is the sum of the two marked numbers. */
function addingTask(batch: number, length: number): [x: Tensor, y: Tensor] {
  const numbers = rand([batch, length]);
  let marks = zeros([batch, length]);
  const places = [randint(0, length >> 1, [batch, 1]), randint(length >> 1, length, [batch, 1])];
  for (const place of places) marks = scatter(marks, 1, place, 1);
  return [stack([numbers, marks], { dim: 2 }), numbers.mul(marks).sum({ dim: 1, keepdim: true })];
}
