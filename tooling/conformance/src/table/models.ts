import * as nn from "@dl/layers";
import * as dl from "@dl/tensor";
import { type JsonObject, listAt, numberAt, textAt } from "../case.ts";
import { GPT, Seq2Seq, SequenceClassifier } from "./sequence-models.ts";
import { TestedModel } from "./tested-model.ts";

/** The networks by the `op` of their cases. */
export const models: ReadonlyMap<string, (spec: JsonObject) => TestedModel> = new Map([
  ["model:mlp", (spec: JsonObject): TestedModel => new MLP(spec)],
  ["model:cnn", (spec: JsonObject): TestedModel => new CNN(spec)],
  ["model:resnet", (spec: JsonObject): TestedModel => new ResNet(spec)],
  ["model:vae", (spec: JsonObject): TestedModel => new VAE(spec)],
  ["model:gcn", (spec: JsonObject): TestedModel => new GCN(spec)],
  ["model:rnn", (spec: JsonObject): TestedModel => new SequenceClassifier(spec)],
  ["model:gpt", (spec: JsonObject): TestedModel => new GPT(spec)],
  ["model:seq2seq", (spec: JsonObject): TestedModel => new Seq2Seq(spec)],
]);

class MLP extends TestedModel {
  readonly net: nn.Sequential;

  constructor(spec: JsonObject) {
    super();
    const sizes = listAt(spec, "sizes").map(Number);
    const layers = sizes
      .slice(1)
      .flatMap((size, i) => [activation(textAt(spec, "activation")), new nn.Linear(sizes[i] as number, size)]);
    this.net = new nn.Sequential(...layers.slice(1));
  }

  override forward(x: dl.Tensor): dl.Tensor {
    return this.net.forward(x);
  }
}

function activation(name: string): nn.Module {
  const known: Readonly<Record<string, () => nn.Module>> = {
    ReLU: () => new nn.ReLU(),
    Tanh: () => new nn.Tanh(),
    GELU: () => new nn.GELU(),
    SiLU: () => new nn.SiLU(),
    Sigmoid: () => new nn.Sigmoid(),
  };
  const create = known[name];
  if (create === undefined) throw new RangeError(`case: unknown activation ${name}`);
  return create();
}

const plain = { padding: 1, bias: false } as const;

class CNN extends TestedModel {
  readonly conv1: nn.Conv2d;
  readonly bn1: nn.BatchNorm2d;
  readonly conv2: nn.Conv2d;
  readonly bn2: nn.BatchNorm2d;
  readonly fc: nn.Linear;
  readonly #pool: nn.Module;

  constructor(spec: JsonObject) {
    super();
    const [c1, c2] = [numberAt(spec, "c1"), numberAt(spec, "c2")];
    this.conv1 = new nn.Conv2d(numberAt(spec, "in"), c1, 3, plain);
    this.bn1 = new nn.BatchNorm2d(c1);
    this.conv2 = new nn.Conv2d(c1, c2, 3, { ...plain, stride: 2 });
    this.bn2 = new nn.BatchNorm2d(c2);
    this.fc = new nn.Linear(c2, numberAt(spec, "classes"));
    this.#pool = textAt(spec, "pool") === "max" ? new nn.MaxPool2d(2) : new nn.AvgPool2d(2);
  }

  override forward(x: dl.Tensor): dl.Tensor {
    const first = this.#pool.forward(dl.relu(this.bn1.forward(this.conv1.forward(x))));
    const second = dl.relu(this.bn2.forward(this.conv2.forward(first)));
    return this.fc.forward(dl.mean(second, { dim: [2, 3] }));
  }
}

class ResNet extends TestedModel {
  readonly conv1: nn.Conv2d;
  readonly convA: nn.Conv2d;
  readonly bnA: nn.BatchNorm2d;
  readonly convB: nn.Conv2d;
  readonly bnB: nn.BatchNorm2d;
  readonly fc: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    const [channels, size] = [numberAt(spec, "channels"), numberAt(spec, "size")];
    this.conv1 = new nn.Conv2d(numberAt(spec, "in"), channels, 3, { padding: 1 });
    this.convA = new nn.Conv2d(channels, channels, 3, plain);
    this.bnA = new nn.BatchNorm2d(channels);
    this.convB = new nn.Conv2d(channels, channels, 3, plain);
    this.bnB = new nn.BatchNorm2d(channels);
    this.fc = new nn.Linear(channels * size * size, numberAt(spec, "classes"));
  }

  override forward(input: dl.Tensor): dl.Tensor {
    const x = this.conv1.forward(input);
    const inner = dl.relu(this.bnA.forward(this.convA.forward(x)));
    const sum = dl.add(x, this.bnB.forward(this.convB.forward(inner)));
    return this.fc.forward(dl.flatten(dl.relu(sum), { startDim: 1 }));
  }
}

class VAE extends TestedModel {
  readonly enc: nn.Linear;
  readonly mu: nn.Linear;
  readonly lv: nn.Linear;
  readonly d1: nn.Linear;
  readonly d2: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    const [dim, hidden, latent] = [numberAt(spec, "dim"), numberAt(spec, "hidden"), numberAt(spec, "latent")];
    this.enc = new nn.Linear(dim, hidden);
    this.mu = new nn.Linear(hidden, latent);
    this.lv = new nn.Linear(hidden, latent);
    this.d1 = new nn.Linear(latent, hidden);
    this.d2 = new nn.Linear(hidden, dim);
  }

  override forward(x: dl.Tensor, noise: dl.Tensor): dl.Tensor {
    const { mu, logVariance } = this.#encode(x);
    const z = dl.add(mu, dl.mul(dl.exp(dl.div(logVariance, 2)), noise));
    return this.d2.forward(dl.relu(this.d1.forward(z)));
  }

  /** The sum of binary cross entropies and of the divergence from a standard normal distribution, per example. */
  override ownLoss([x]: readonly dl.Tensor[], output: dl.Tensor): dl.Tensor {
    const { mu, logVariance } = this.#encode(x as dl.Tensor);
    const rebuilt = dl.sum(dl.sub(dl.softplus(output), dl.mul(x as dl.Tensor, output)));
    const inner = dl.sub(dl.sub(dl.add(logVariance, 1), dl.square(mu)), dl.exp(logVariance));
    return dl.div(dl.sub(rebuilt, dl.mul(dl.sum(inner), 0.5)), (x as dl.Tensor).shape[0] as number);
  }

  #encode(x: dl.Tensor): { mu: dl.Tensor; logVariance: dl.Tensor } {
    const hidden = dl.relu(this.enc.forward(x));
    return { mu: this.mu.forward(hidden), logVariance: this.lv.forward(hidden) };
  }
}

class GCN extends TestedModel {
  readonly l1: nn.Linear;
  readonly l2: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    this.l1 = new nn.Linear(numberAt(spec, "in"), numberAt(spec, "hidden"));
    this.l2 = new nn.Linear(numberAt(spec, "hidden"), numberAt(spec, "classes"));
  }

  override forward(x: dl.Tensor, adjacency: dl.Tensor): dl.Tensor {
    const hidden = dl.relu(dl.matmul(adjacency, this.l1.forward(x)));
    return dl.matmul(adjacency, this.l2.forward(hidden));
  }
}
