import {
  type AnyModule,
  BatchNorm2d,
  Conv2d,
  Flatten,
  Linear,
  LSTM,
  MaxPool2d,
  Module,
  ReLU,
  Sequential,
  TransformerEncoderLayer,
} from "@dl/layers";
import { crossEntropy, mseLoss } from "@dl/losses";
import { Adam, type Optimizer, SGD } from "@dl/optim";
import { add, relu, scope, type Tensor, tensor } from "@dl/tensor";
import type { Build, Data, Runnable } from "../peer.ts";
import { input, labels } from "./tensors.ts";

const mlp =
  (optimizer: Chosen): Build =>
  (data) => {
    const model = new Sequential(
      new Linear(784, 256),
      new ReLU(),
      new Linear(256, 128),
      new ReLU(),
      new Linear(128, 10),
    );
    return classification(data, model, optimizer);
  };

type Chosen = (model: AnyModule) => Optimizer;

const sgd: Chosen = (model) => new SGD(model.parameters(), { lr: 0.01 });
const adam: Chosen = (model) => new Adam(model.parameters(), { lr: 0.001 });

const lenet = (): Module =>
  new Sequential(
    new Conv2d(1, 6, 5, { padding: 2 }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(6, 16, 5),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(400, 120),
    new ReLU(),
    new Linear(120, 84),
    new ReLU(),
    new Linear(84, 10),
  );

class ResidualBlock extends Module {
  readonly conv1 = new Conv2d(64, 64, 3, { padding: 1, bias: false });
  readonly bn1 = new BatchNorm2d(64);
  readonly conv2 = new Conv2d(64, 64, 3, { padding: 1, bias: false });
  readonly bn2 = new BatchNorm2d(64);

  override forward(x: Tensor): Tensor {
    const inner = relu(this.bn1.forward(this.conv1.forward(x)));
    return relu(add(this.bn2.forward(this.conv2.forward(inner)), x));
  }
}

export const training: Readonly<Record<string, Build>> = {
  "mlp-64-sgd": mlp(sgd),
  "mlp-64-adam": mlp(adam),
  "mlp-8": mlp(sgd),
  "mlp-1": mlp(sgd),
  "lenet-64": (data) => classification(data, lenet(), sgd),
  resblock: (data) => {
    const block = new ResidualBlock();
    return regression(data, block, sgd, (x) => block.forward(x));
  },
  lstm: (data) => {
    const lstm = new LSTM(128, 128);
    return regression(data, lstm, sgd, (x) => lstm.forward(x).output);
  },
  transformer: (data) => {
    const options = { dimFeedforward: 512, dropout: 0, activation: "gelu", batchFirst: true, normFirst: true } as const;
    const layer = new TransformerEncoderLayer(128, 4, options);
    return regression(data, layer, adam, (x) => layer.forward(x));
  },
};

function classification(data: Data, model: Module, optimizer: Chosen): Runnable {
  const [x, y] = [input(data, "x"), labels(data)];
  return steps(data, model, optimizer, () => crossEntropy(model.forward(x), y));
}

function regression(data: Data, model: AnyModule, optimizer: Chosen, forward: (x: Tensor) => Tensor): Runnable {
  const [x, y] = [input(data, "x"), input(data, "y")];
  return steps(data, model, optimizer, () => mseLoss(forward(x), y));
}

/** A training step as a program writes it: inside a scope, without reading the loss. */
function steps(data: Data, model: AnyModule, optimizer: Chosen, lossOf: () => Tensor): Runnable {
  const parameters = data.parameters().map(([name, { data, shape }]) => [name, tensor(data, { shape })] as const);
  const missing = new Set(model.namedParameters().map(([name]) => name));
  for (const [name] of parameters) missing.delete(name);
  if (missing.size > 0) throw new Error(`bench: no numbers for ${[...missing].join(", ")}`);
  model.loadStateDict(Object.fromEntries(parameters), { strict: false });
  const chosen = optimizer(model);
  const step = (): Tensor =>
    scope(() => {
      const loss = lossOf();
      chosen.zeroGrad();
      loss.backward();
      chosen.step();
      return loss.detach();
    });
  return {
    run: () => step().dispose(),
    numbers: async () => [await step().itemAsync(), await step().itemAsync(), await step().itemAsync()],
  };
}
