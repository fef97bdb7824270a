/** One thing that is timed: the same numbers go to every library, and every library must answer with the same numbers. */
export interface Case {
  readonly id: string;
  readonly title: string;
  /** The data, by name. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** Parameters of a training step under the keys of PyTorch's state dict; none for a single op. */
  readonly parameters: Readonly<Record<string, Input>>;
  /** Aim for the time relative to PyTorch with one thread; undefined where none is set. */
  readonly target: number | undefined;
}

/** Normal numbers times `scale`, around `mean`, or whole numbers from 0 to below `classes`. */
export interface Input {
  readonly shape: readonly number[];
  readonly scale?: number;
  readonly mean?: number;
  readonly classes?: number;
}

type Inputs = Readonly<Record<string, Input>>;

const op = (id: string, title: string, inputs: Inputs, target?: number): Case => ({
  id,
  title,
  inputs,
  parameters: {},
  target,
});

const training = (id: string, title: string, inputs: Inputs, parameters: Inputs, target?: number): Case => ({
  id,
  title,
  inputs,
  parameters,
  target,
});

const matmul = (n: number, target?: number): Case =>
  op(`matmul-${n}`, `[${n}, ${n}] · [${n}, ${n}]`, { x: { shape: [n, n] }, y: { shape: [n, n] } }, target);

const skinny = { x: { shape: [64, 784] }, w: { shape: [256, 784] }, g: { shape: [64, 256] } };

const million = { x: { shape: [1024, 1024], scale: 2 } };

const rows = { x: { shape: [128, 1000], scale: 3 } };

const linear = (key: string, from: number, to: number): Inputs => ({
  [`${key}.weight`]: { shape: [to, from], scale: 1 / Math.sqrt(from) },
  [`${key}.bias`]: { shape: [to], scale: 0.1 },
});

const conv = (key: string, from: number, to: number, size: number): Inputs => ({
  [`${key}.weight`]: { shape: [to, from, size, size], scale: 1 / Math.sqrt(from * size * size) },
});

const norm = (key: string, size: number): Inputs => ({
  [`${key}.weight`]: { shape: [size], scale: 0.1, mean: 1 },
  [`${key}.bias`]: { shape: [size], scale: 0.1 },
});

const mlp = (id: string, batch: number, optimizer: string, target: number): Case =>
  training(
    id,
    `784-256-128-10, batch ${batch}, ${optimizer}`,
    { x: { shape: [batch, 784] }, labels: { shape: [batch], classes: 10 } },
    { ...linear("0", 784, 256), ...linear("2", 256, 128), ...linear("4", 128, 10) },
    target,
  );

const sequence = { x: { shape: [32, 32, 128] }, y: { shape: [32, 32, 128], scale: 0.5 } };

const heads = { shape: [2, 8, 1024, 64] };

/** Everything the comparison is averaged over. Training cases time forward, backward and step. */
export const suite: readonly Case[] = [
  matmul(64),
  matmul(128, 2),
  matmul(256, 2),
  matmul(512, 2),
  matmul(1024, 2),
  op("skinny-fwd", "x [64, 784] · wᵀ, w [256, 784]", skinny),
  op("skinny-dw", "gᵀ · x, g [64, 256], x [64, 784]", skinny),
  op("skinny-dx", "g · w, g [64, 256], w [256, 784]", skinny),
  op(
    "conv-28-1-32",
    "3×3, 28×28, 1 to 32 channels, batch 32",
    { x: { shape: [32, 1, 28, 28] }, w: { shape: [32, 1, 3, 3] } },
    1.2,
  ),
  op(
    "conv-14-32-64",
    "3×3, 14×14, 32 to 64 channels, batch 32",
    { x: { shape: [32, 32, 14, 14] }, w: { shape: [64, 32, 3, 3] } },
    1.2,
  ),
  op(
    "depthwise",
    "3×3, 14×14, 64 channels each on its own, batch 32",
    { x: { shape: [32, 64, 14, 14] }, w: { shape: [64, 1, 3, 3] } },
    1.2,
  ),
  op("add-1m", "x + y, 1024²", { ...million, y: { shape: [1024, 1024] } }, 1.2),
  op("relu-1m", "relu, 1024²", million, 1.3),
  op("gelu-1m", "gelu (erf), 1024²", million, 1),
  op("exp-1m", "exp, 1024²", million, 1),
  op("softmax", "over the rows of [128, 1000]", rows, 1),
  op(
    "layernorm",
    "over the rows of [128, 1000], with weight and bias",
    { ...rows, weight: { shape: [1000] }, bias: { shape: [1000] } },
    0.85,
  ),
  op("sum0", "[1000, 1000] over axis 0", { x: { shape: [1000, 1000] } }),
  mlp("mlp-64-sgd", 64, "SGD", 1.2),
  mlp("mlp-64-adam", 64, "Adam", 1),
  mlp("mlp-8", 8, "SGD", 0.65),
  mlp("mlp-1", 1, "SGD", 0.5),
  training(
    "lenet-64",
    "LeNet-5 with relu and max pooling, batch 64, SGD",
    { x: { shape: [64, 1, 28, 28] }, labels: { shape: [64], classes: 10 } },
    {
      ...conv("0", 1, 6, 5),
      "0.bias": { shape: [6], scale: 0.1 },
      ...conv("3", 6, 16, 5),
      "3.bias": { shape: [16], scale: 0.1 },
      ...linear("7", 400, 120),
      ...linear("9", 120, 84),
      ...linear("11", 84, 10),
    },
    1,
  ),
  training(
    "resblock",
    "2 convolutions 3×3 with batch norm, 64 channels, 14×14, batch 16, SGD",
    { x: { shape: [16, 64, 14, 14] }, y: { shape: [16, 64, 14, 14] } },
    { ...conv("conv1", 64, 64, 3), ...norm("bn1", 64), ...conv("conv2", 64, 64, 3), ...norm("bn2", 64) },
  ),
  training(
    "lstm",
    "32 steps, batch 32, hidden 128, SGD",
    sequence,
    {
      weight_ih_l0: { shape: [512, 128], scale: 0.05 },
      weight_hh_l0: { shape: [512, 128], scale: 0.05 },
      bias_ih_l0: { shape: [512], scale: 0.05 },
      bias_hh_l0: { shape: [512], scale: 0.05 },
    },
    1.2,
  ),
  training(
    "transformer",
    "encoder block, norm first, gelu, width 128, 4 heads, 64 tokens, batch 16, Adam",
    { x: { shape: [16, 64, 128] }, y: { shape: [16, 64, 128], scale: 0.5 } },
    {
      "self_attn.in_proj_weight": { shape: [384, 128], scale: 0.08 },
      "self_attn.in_proj_bias": { shape: [384], scale: 0.05 },
      ...linear("self_attn.out_proj", 128, 128),
      ...linear("linear1", 128, 512),
      ...linear("linear2", 512, 128),
      ...norm("norm1", 128),
      ...norm("norm2", 128),
    },
    1.5,
  ),
];

/** Reported apart and averaged into nothing. */
export const apart: readonly Case[] = [
  op("tiny-op", "x + y of 4 numbers each: one op with its checks", { x: { shape: [4] }, y: { shape: [4] } }),
  op("tiny-op-grad", "the same with tape and backward", { x: { shape: [4] }, y: { shape: [4] }, g: { shape: [4] } }),
  op("attention-1024", "scaled dot-product attention and its gradients, batch 2, 8 heads, 1024 tokens, width 64", {
    q: heads,
    k: heads,
    v: heads,
    g: heads,
  }),
  op("loader", "one epoch over [10000, 784], batch 64, shuffled", {
    x: { shape: [10000, 784] },
    labels: { shape: [10000], classes: 10 },
  }),
];

/** Initial values of the network of the MNIST example. */
export const epochParameters: Case = training(
  "epoch",
  "MNIST",
  {},
  {
    ...conv("0", 1, 16, 3),
    ...conv("4", 16, 32, 3),
    ...conv("8", 32, 64, 3),
    ...linear("13", 576, 10),
  },
);

/** What is timed on the GPU. */
export const gpuSuite: readonly Case[] = suite.filter(({ id }) =>
  ["matmul-512", "matmul-1024", "conv-14-32-64", "add-1m", "softmax", "layernorm", "mlp-64-sgd", "lenet-64"].includes(
    id,
  ),
);

export const suites: Readonly<Record<string, readonly Case[]>> = { cpu: suite, apart };
