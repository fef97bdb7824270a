import { noGrad } from "@dl/autograd";
import { Linear, measure, Sequential, Sigmoid } from "@dl/layers";
import { manualSeed, matmul, max, randn, sigmoid, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "fully-connected",
  title: {
    ja: "全結合層: ノード・エッジ・重み・バイアス",
    en: "Fully connected layers: nodes, edges, weights, biases",
  },
  ids: ["LAYER1", "LAYER2"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, log, metric, claim }) {
    manualSeed(seed);
    // 3 inputs, 2 hidden units, 1 output: every node of a layer is joined to every node of the next by an edge
    const [first, second] = [new Linear(3, 2), new Linear(2, 1)];
    const model = new Sequential(first, new Sigmoid(), second);
    const x = tensor([1, 2, 3]);
    const hidden = noGrad(() => sigmoid(first.forward(x)));
    const output = noGrad(() => second.forward(hidden));
    const [inputs, weights, biases] = [await x.read(), await first.weight.read(), await (first.bias as Tensor).read()];
    log(`input layer   ${Array.from(inputs).join("  ")}`);
    for (const [i, value] of Array.from(await hidden.read()).entries()) {
      const edges = Array.from(inputs, (input, j) => `${(weights[3 * i + j] as number).toFixed(3)}·${input}`);
      log(`hidden unit ${i}  σ(${edges.join(" + ")} + ${(biases[i] as number).toFixed(3)}) = ${value.toFixed(3)}`);
    }
    log(`output layer  ${(await output.itemAsync()).toFixed(3)}`);

    // one weight an edge, one bias a node; the weight's shape is [outputs, inputs], a row for each node of the layer
    claim("shape of the first weight", [...first.weight.shape], [2, 3], String(first.weight.shape) === "2,3");
    const { parameters } = measure(model, [1, 3]);
    metric("edges", first.weight.size + second.weight.size);
    claim("parameters: edges and biases", parameters, 3 * 2 + 2 + 2 * 1 + 1, parameters === 11);

    // the sum of the notes, written out: hᵢ = α(Σⱼ wᵢⱼ xⱼ + bᵢ)
    const looped = Array.from({ length: 2 }, (_, i) => {
      let sum = biases[i] as number;
      for (let j = 0; j < 3; j++) sum += (weights[3 * i + j] as number) * (inputs[j] as number);
      return 1 / (1 + Math.exp(-sum));
    });
    await close("loop over nodes and edges, and the layer", tensor(looped), hidden);
    // the same as a matrix times a vector: h = α(W x + b)
    const inVectors = noGrad(() => sigmoid(matmul(first.weight, x).add(first.bias as Tensor)));
    await close("α(W x + b), and the layer", inVectors, hidden);
    // and for a batch, whose rows are the vectors: H = α(X Wᵀ + b), each row as if it were alone
    const batch = randn([5, 3]);
    const together = noGrad(() => first.forward(batch));
    const byMatrix = noGrad(() => matmul(batch, first.weight.transpose()).add(first.bias as Tensor));
    await close("X Wᵀ + b, and the layer", byMatrix, together);
    const alone = noGrad(() => first.forward(batch.at(4)));
    await close("the fifth row alone, and in the batch", alone, together.at(4));

    async function close(name: string, found: Tensor, expected: Tensor): Promise<void> {
      const apart = await max(found.sub(expected).abs()).itemAsync();
      claim(`${name}: apart`, apart, "≤ 2e-7", apart <= 2e-7);
    }
  },
};

export default example;
