import * as tf from "@tensorflow/tfjs-core";
import type { Build, Data, Runnable } from "../peer.ts";
import { filters, gelu, images, input, layerNorm, tensorOf } from "./tensors.ts";

/** Gives a parameter by PyTorch's name; filters are in the order of tfjs. */
type Parameters = (name: string) => tf.Tensor;

const sgd = (): tf.Optimizer => tf.train.sgd(0.01);
const adam = (): tf.Optimizer => tf.train.adam(0.001, 0.9, 0.999, 1e-8);

const mlp =
  (optimizer: () => tf.Optimizer): Build =>
  (data) => {
    const x = input(data, "x");
    return classification(data, optimizer, (p) => linear(p, "4", tf.relu(linear(p, "2", tf.relu(linear(p, "0", x))))));
  };

export const training: Readonly<Record<string, Build>> = {
  "mlp-64-sgd": mlp(sgd),
  "mlp-64-adam": mlp(adam),
  "mlp-8": mlp(sgd),
  "mlp-1": mlp(sgd),
  "lenet-64": (data) => {
    const x = images(input(data, "x"));
    const pooled = (p: Parameters, key: string, x: tf.Tensor, pad: "same" | "valid"): tf.Tensor => {
      const filtered = tf.conv2d(x as tf.Tensor4D, p(`${key}.weight`) as tf.Tensor4D, 1, pad);
      return tf.maxPool(tf.relu(tf.add(filtered, p(`${key}.bias`))) as tf.Tensor4D, 2, 2, "valid");
    };
    return classification(data, sgd, (p) => {
      const features = pooled(p, "3", pooled(p, "0", x, "same"), "valid");
      const flat = tf.reshape(tf.transpose(features, [0, 3, 1, 2]), [-1, 400]);
      return linear(p, "11", tf.relu(linear(p, "9", tf.relu(linear(p, "7", flat)))));
    });
  },
  resblock: (data) => {
    const [x, y] = [images(input(data, "x")), images(input(data, "y"))];
    const normed = (p: Parameters, i: number, x: tf.Tensor): tf.Tensor => {
      const filtered = tf.conv2d(x as tf.Tensor4D, p(`conv${i}.weight`) as tf.Tensor4D, 1, "same");
      const { mean, variance } = tf.moments(filtered, [0, 1, 2]);
      return tf.batchNorm(
        filtered,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        p(`bn${i}.bias`) as tf.Tensor1D,
        p(`bn${i}.weight`) as tf.Tensor1D,
        1e-5,
      );
    };
    return steps(data, sgd, (p) => meanSquare(tf.relu(tf.add(normed(p, 2, tf.relu(normed(p, 1, x))), x)), y));
  },
  lstm: (data) => {
    const [x, y] = [input(data, "x"), input(data, "y")];
    return steps(data, sgd, (p) => {
      const bias = tf.add(p("bias_ih_l0"), p("bias_hh_l0"));
      const given = tf.add(tf.matMul(tf.reshape(x, [-1, 128]), p("weight_ih_l0"), false, true), bias);
      let h: tf.Tensor = tf.zeros([32, 128]);
      let c: tf.Tensor = tf.zeros([32, 128]);
      const outputs = tf.split(given, 32, 0).map((each) => {
        const [i, f, g, o] = tf.split(tf.add(each, tf.matMul(h, p("weight_hh_l0"), false, true)), 4, 1) as [
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        h = tf.mul(tf.sigmoid(o), tf.tanh(c));
        return h;
      });
      return meanSquare(tf.stack(outputs), y);
    });
  },
  transformer: (data) => {
    const [x, y] = [input(data, "x"), input(data, "y")];
    return steps(data, adam, (p) => meanSquare(transformer(p, x), y));
  },
};

function transformer(p: Parameters, x: tf.Tensor): tf.Tensor {
  const heads = (part: tf.Tensor): tf.Tensor => tf.transpose(tf.reshape(part, [16, 64, 4, 32]), [0, 2, 1, 3]);
  const flat = tf.reshape(x, [-1, 128]);
  const first = layerNorm(flat, p("norm1.weight"), p("norm1.bias"));
  const projected = tf.add(tf.matMul(first, p("self_attn.in_proj_weight"), false, true), p("self_attn.in_proj_bias"));
  const [q, k, v] = tf.split(projected, 3, 1).map(heads) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const weights = tf.softmax(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(32)));
  const mixed = tf.reshape(tf.transpose(tf.matMul(weights, v), [0, 2, 1, 3]), [-1, 128]);
  const attended = tf.add(flat, linear(p, "self_attn.out_proj", mixed));
  const second = layerNorm(attended, p("norm2.weight"), p("norm2.bias"));
  const fed = linear(p, "linear2", gelu(linear(p, "linear1", second)));
  return tf.reshape(tf.add(attended, fed), [16, 64, 128]);
}

const linear = (p: Parameters, key: string, x: tf.Tensor): tf.Tensor =>
  tf.add(tf.matMul(x, p(`${key}.weight`), false, true), p(`${key}.bias`));

const meanSquare = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => tf.mean(tf.squaredDifference(x, y));

function classification(data: Data, optimizer: () => tf.Optimizer, logits: (p: Parameters) => tf.Tensor): Runnable {
  const wanted = tf.oneHot(tf.tensor1d(data.labels().data, "int32"), 10);
  return steps(data, optimizer, (p) => tf.losses.softmaxCrossEntropy(wanted, logits(p)) as tf.Scalar);
}

function steps(data: Data, optimizer: () => tf.Optimizer, lossOf: (p: Parameters) => tf.Scalar): Runnable {
  const variables = new Map(
    data.parameters().map(([name, numbers]) => {
      const given = tensorOf(numbers);
      return [name, tf.variable(given.rank === 4 ? filters(given) : given)] as const;
    }),
  );
  const parameter: Parameters = (name) => {
    const found = variables.get(name);
    if (found === undefined) throw new Error(`tfjs: no parameter ${name}`);
    return found;
  };
  const chosen = optimizer();
  const list = [...variables.values()];
  const step = async (): Promise<number> => {
    const loss = chosen.minimize(() => lossOf(parameter), true, list);
    const [value = Number.NaN] = (await loss?.data()) ?? [];
    loss?.dispose();
    return value;
  };
  return {
    run: () => chosen.minimize(() => lossOf(parameter), false, list),
    numbers: async () => [await step(), await step(), await step()],
  };
}
