import { blockUntilReady, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Build, Data, Runnable } from "../peer.ts";
import { arrayOf, gelu, input, layerNorm } from "./arrays.ts";

type Arrays = Record<string, np.Array>;

/** Parameters by PyTorch's names; each call is one use of the array. */
type Parameters = (name: string) => np.Array;

type Update = (parameters: Arrays, gradients: Arrays, state: Arrays) => [Arrays, Arrays];

const sgd: Update = (parameters, gradients, state) => [
  mapped(parameters, (p, name) => p.sub(taken(gradients, name).mul(0.01))),
  state,
];

/** The state has `m name` and `v name` of every parameter, and the two factors that the corrections have reached. */
const adam: Update = (parameters, gradients, state) => {
  const [decay1, decay2] = [taken(state, "decay 1").mul(0.9), taken(state, "decay 2").mul(0.999)];
  const next: Arrays = {};
  const updated = mapped(parameters, (p, name) => {
    const g = taken(gradients, name);
    const m = taken(state, `m ${name}`).mul(0.9).add(g.ref.mul(0.1));
    const v = taken(state, `v ${name}`).mul(0.999).add(g.ref.mul(g).mul(0.001));
    const [meanG, meanG2] = [m.ref.div(np.subtract(1, decay1.ref)), v.ref.div(np.subtract(1, decay2.ref))];
    next[`m ${name}`] = m;
    next[`v ${name}`] = v;
    return p.sub(meanG.div(np.sqrt(meanG2).add(1e-8)).mul(0.001));
  });
  return [updated, { ...next, "decay 1": decay1, "decay 2": decay2 }];
};

const adamState = (parameters: Arrays): Arrays => ({
  ...Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { shape }]) => [
      [`m ${name}`, np.zeros(shape)],
      [`v ${name}`, np.zeros(shape)],
    ]),
  ),
  "decay 1": np.array(1),
  "decay 2": np.array(1),
});

const mlp =
  (update: Update): Build =>
  (data) =>
    classification(data, update, (p, x) => linear(p, "4", nn.relu(linear(p, "2", nn.relu(linear(p, "0", x))))));

export const training: Readonly<Record<string, Build>> = {
  "mlp-64-sgd": mlp(sgd),
  "mlp-64-adam": mlp(adam),
  "mlp-8": mlp(sgd),
  "mlp-1": mlp(sgd),
  "lenet-64": (data) =>
    classification(data, sgd, (p, x) => {
      const pooled = (key: string, x: np.Array, pad: number, channels: number): np.Array => {
        const filtered = lax.convGeneralDilated(x, p(`${key}.weight`), [1, 1], around(pad));
        const [n, , height, width] = filtered.shape as [number, number, number, number];
        const active = nn.relu(filtered.add(p(`${key}.bias`).reshape([1, channels, 1, 1])));
        return np.max(active.reshape([n, channels, height / 2, 2, width / 2, 2]), [3, 5]);
      };
      const flat = pooled("3", pooled("0", x, 2, 6), 0, 16).reshape([-1, 400]);
      return linear(p, "11", nn.relu(linear(p, "9", nn.relu(linear(p, "7", flat)))));
    }),
  resblock: (data) =>
    regression(data, sgd, (p, x) => {
      const normed = (i: number, x: np.Array): np.Array => {
        const filtered = lax.convGeneralDilated(x, p(`conv${i}.weight`), [1, 1], around(1));
        const perChannel = (name: string): np.Array => p(`bn${i}.${name}`).reshape([1, 64, 1, 1]);
        const normal = nn.standardize(filtered, [0, 2, 3], { epsilon: 1e-5 });
        return normal.mul(perChannel("weight")).add(perChannel("bias"));
      };
      return nn.relu(normed(2, nn.relu(normed(1, x.ref))).add(x));
    }),
  lstm: (data) =>
    regression(data, sgd, (p, x) => {
      const given = np
        .matmul(x.reshape([1024, 128]), np.transpose(p("weight_ih_l0")))
        .add(p("bias_ih_l0"))
        .add(p("bias_hh_l0"))
        .reshape([32, 32, 512]);
      let [h, c] = [np.zeros([32, 128]), np.zeros([32, 128])];
      const outputs = np.split(given, 32).map((each) => {
        const gates = each.reshape([32, 512]).add(np.matmul(h, np.transpose(p("weight_hh_l0"))));
        const [i, f, g, o] = np.split(gates, 4, 1) as [np.Array, np.Array, np.Array, np.Array];
        c = nn
          .sigmoid(f)
          .mul(c)
          .add(nn.sigmoid(i).mul(np.tanh(g)));
        h = nn.sigmoid(o).mul(np.tanh(c.ref));
        return h.ref;
      });
      h.dispose();
      c.dispose();
      return np.stack(outputs);
    }),
  transformer: (data) => regression(data, adam, transformer),
};

function transformer(p: Parameters, x: np.Array): np.Array {
  const first = layerNorm(x.ref, p("norm1.weight"), p("norm1.bias"));
  const projected = np.matmul(first, np.transpose(p("self_attn.in_proj_weight"))).add(p("self_attn.in_proj_bias"));
  const heads = (part: np.Array): np.Array => np.transpose(part.reshape([16, 64, 4, 32]), [0, 2, 1, 3]);
  const [q, k, v] = np.split(projected, 3, 2).map(heads) as [np.Array, np.Array, np.Array];
  const weights = nn.softmax(np.matmul(q, np.transpose(k, [0, 1, 3, 2])).mul(1 / Math.sqrt(32)));
  const mixed = np.transpose(np.matmul(weights, v), [0, 2, 1, 3]).reshape([16, 64, 128]);
  const attended = x.add(linear(p, "self_attn.out_proj", mixed));
  const second = layerNorm(attended.ref, p("norm2.weight"), p("norm2.bias"));
  return attended.add(linear(p, "linear2", gelu(linear(p, "linear1", second))));
}

const linear = (p: Parameters, key: string, x: np.Array): np.Array =>
  np.matmul(x, np.transpose(p(`${key}.weight`))).add(p(`${key}.bias`));

const around = (pad: number): [number, number][] => [
  [pad, pad],
  [pad, pad],
];

type Forward = (p: Parameters, x: np.Array) => np.Array;

function classification(data: Data, update: Update, forward: Forward): Runnable {
  const labels = np.array(data.labels().data, { dtype: np.int32 });
  const wanted = nn.oneHot(labels, 10);
  return steps(data, update, wanted, forward, (logits, y) =>
    np.sum(nn.logSoftmax(logits).mul(y)).mul(-1 / (data.labels().shape[0] as number)),
  );
}

function regression(data: Data, update: Update, forward: Forward): Runnable {
  return steps(data, update, input(data, "y"), forward, (x, y) => np.mean(np.square(x.sub(y))));
}

/** Loss, gradients and update compiled into one function. */
function steps(
  data: Data,
  update: Update,
  wanted: np.Array,
  forward: Forward,
  lossOf: (output: np.Array, wanted: np.Array) => np.Array,
): Runnable {
  let parameters: Arrays = Object.fromEntries(data.parameters().map(([name, numbers]) => [name, arrayOf(numbers)]));
  let state = update === adam ? adamState(parameters) : {};
  const x = input(data, "x");
  const loss = (parameters: Arrays, x: np.Array, y: np.Array): np.Array => {
    const output = forward((name) => (parameters[name] as np.Array).ref, x);
    for (const each of Object.values(parameters)) each.dispose();
    return lossOf(output, y);
  };
  const compiled = jit((parameters: Arrays, state: Arrays, x: np.Array, y: np.Array): [np.Array, Arrays, Arrays] => {
    const [value, gradients] = valueAndGrad(loss)(
      mapped(parameters, (p) => p.ref),
      x,
      y,
    );
    const [updated, next] = update(parameters, gradients as Arrays, state);
    return [value, updated, next];
  });
  const step = async (): Promise<np.Array> => {
    const [value, updated, next] = compiled(parameters, state, x.ref, wanted.ref) as [np.Array, Arrays, Arrays];
    [parameters, state] = [updated, next];
    await blockUntilReady(updated);
    return value;
  };
  const read = async (): Promise<number> => (await (await step()).data())[0] as number;
  return {
    run: async () => (await step()).dispose(),
    numbers: async () => [await read(), await read(), await read()],
  };
}

const mapped = (arrays: Arrays, change: (array: np.Array, name: string) => np.Array): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, change(array, name)]));

function taken(arrays: Arrays, name: string): np.Array {
  const found = arrays[name];
  if (found === undefined) throw new Error(`jax-js: no array ${name}`);
  return found;
}
