import { manualSeed, randn, step, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { seedsFrom } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
}

/** Two coordinates and the class: 1 or −1. */
interface Point {
  readonly x: readonly [number, number];
  readonly y: 1 | -1;
}

const example: Example<Values> = {
  name: "perceptron",
  title: { ja: "単純パーセプトロンと多層パーセプトロン", en: "The simple perceptron, and one with layers" },
  ids: ["LAYER6"],
  seconds: 1,
  data: "none",
  flags: { seeds: integer(3, "how many clouds of points", { min: 1 }) },
  async run({ seed, flags, metric, claim }) {
    // where a line separates two classes the rule finds one, after at most (R / γ)² corrections (Novikoff 1962):
    // R is how far out the points lie, γ half the width of the empty strip between the classes
    for (const each of seedsFrom(seed, flags.seeds)) {
      const points = await separable(each);
      const { corrections, rounds, weights } = learn(points.slice(0, 200), 10_000);
      claim(
        `cloud ${each}: corrections until all are right`,
        corrections,
        `≤ ${bound.toFixed(0)}`,
        rounds > 0 && corrections <= bound,
      );
      const held = points.slice(200);
      const right = held.filter((point) => side(weights, point) === point.y).length / held.length;
      metric(`cloud ${each}: new points right`, right);
    }

    // no line separates XOR: the rule comes back to weights it had before and goes round for ever
    const xor = learn(xorPoints, 1000);
    claim("XOR: a round without mistakes in 1,000", xor.rounds > 0, false, xor.rounds === 0);
    claim("XOR: rounds until the weights repeat", xor.cycle, "> 0, then it cycles", xor.cycle > 0);

    // two layers do it: one unit says OR, one says NOT AND, and the output wants both
    const inputs = tensor(xorPoints.map(({ x }) => [...x]));
    const [orNotAnd, biases] = [tensor([1, -1, 1, -1], { shape: [2, 2] }), tensor([1, 1])];
    const hidden = step(inputs.matmul(orNotAnd).add(biases));
    const output = Array.from(await step(hidden.matmul(tensor([1, 1])).sub(1.5)).read());
    const wanted = xorPoints.map(({ y }) => (y === 1 ? 1 : 0));
    claim("XOR by two layers", output, wanted, String(output) === String(wanted));
  },
};

export default example;

type Weights = readonly [number, number, number];

const xorPoints: readonly Point[] = [
  { x: [-1, -1], y: -1 },
  { x: [-1, 1], y: 1 },
  { x: [1, -1], y: 1 },
  { x: [1, 1], y: -1 },
];

/** Half the width of the empty strip, and the radius of the cloud; the bias counts as a third coordinate of 1. */
const gamma = 0.2;
const radius = 3;
const bound = (radius ** 2 + 1) / gamma ** 2;

/** Points within the radius on both sides of the line x₀ = x₁, none close to it. */
async function separable(seed: number): Promise<Point[]> {
  manualSeed(seed);
  const values = (await randn([1000, 2]).cpu()).tolist() as [number, number][];
  return values
    .map((x): Point => ({ x, y: x[0] > x[1] ? 1 : -1 }))
    .filter(({ x }) => Math.abs(x[0] - x[1]) / Math.SQRT2 >= gamma && Math.hypot(...x) <= radius)
    .slice(0, 400);
}

const side = ([w0, w1, bias]: Weights, { x }: Point): 1 | -1 => (w0 * x[0] + w1 * x[1] + bias > 0 ? 1 : -1);

/** The rule: a point on the wrong side is added to the weights or taken from them. 0 stands for never. */
function learn(
  points: readonly Point[],
  limit: number,
): { readonly weights: Weights; readonly corrections: number; readonly rounds: number; readonly cycle: number } {
  let weights: Weights = [0, 0, 0];
  let corrections = 0;
  let cycle = 0;
  const met = new Set<string>();
  for (let round = 1; round <= limit; round++) {
    const before = corrections;
    for (const point of points) {
      if (side(weights, point) === point.y) continue;
      const { x, y } = point;
      weights = [weights[0] + y * x[0], weights[1] + y * x[1], weights[2] + y];
      corrections++;
    }
    if (corrections === before) return { weights, corrections, rounds: round, cycle };
    if (cycle === 0 && met.has(String(weights))) cycle = round;
    met.add(String(weights));
  }
  return { weights, corrections, rounds: 0, cycle };
}
