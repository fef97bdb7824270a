import { Linear, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam } from "@dl/optim";
import { manualSeed, randn, useDevice } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "random-seed",
  title: { ja: "乱数シードの固定", en: "A fixed random seed" },
  ids: ["TRAIN23"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, log, metric, claim }) {
    // seed 0 draws PyTorch's own numbers: the first weights of a layer of 3 inputs
    manualSeed(0);
    const { weight } = new Linear(3, 2);
    log(`Linear(3, 2).weight ${weight}`);
    const shown = Array.from(await weight.detach().read(), (value) => Number(value).toFixed(4)).join(", ");
    const pytorch = "-0.0043, 0.3097, -0.4752, -0.4249, -0.2224, 0.1548";
    claim("manualSeed(0), Linear(3, 2): as PyTorch", shown, pytorch, shown === pytorch);

    // everything random comes from one generator, so a run repeats itself, bit for bit
    const [first, again, other] = [await trained(seed), await trained(seed), await trained(seed + 1)];
    claim(`seed ${seed}, twice: weights that differ`, differing(first, again), 0, differing(first, again) === 0);
    claim(`seed ${seed + 1}: weights that differ`, differing(first, other), "> 0", differing(first, other) > 0);

    // on another device sums are taken in another order: the same numbers but for the last digits
    const runs: number[][] = [];
    for (const device of ["cpu", "wasm"] as const) {
      await useDevice(device);
      runs.push(await trained(seed));
    }
    const [cpu, wasm] = runs as [number[], number[]];
    const off = Math.max(...cpu.map((value, i) => Math.abs(value - (wasm[i] as number))));
    metric("largest difference between cpu and wasm", off, off.toExponential(1));
    claim("cpu and wasm after 50 steps: off by", off, "≤ 1e-4", off <= 1e-4);
  },
};

export default example;

/** The weights of a small network after 50 steps on random numbers. */
async function trained(seed: number): Promise<number[]> {
  manualSeed(seed);
  const [x, y] = [randn([32, 4]), randn([32, 1])];
  const model = new Sequential(new Linear(4, 16), new ReLU(), new Linear(16, 1));
  await fit(model, [{ x, y }], {
    loss: (model, { x, y }) => mseLoss(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps: 50,
  });
  const values = await Promise.all(model.parameters().map((parameter) => parameter.detach().read()));
  return values.flatMap((each) => Array.from(each, Number));
}

const differing = (a: readonly number[], b: readonly number[]): number => a.filter((value, i) => value !== b[i]).length;
