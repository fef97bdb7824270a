import * as tf from "@tensorflow/tfjs-core";
import type { Build, Data, Runnable } from "../peer.ts";
import { channelsFirst, filters, gelu, images, input, layerNorm } from "./tensors.ts";

type Compute = (tensors: readonly tf.Tensor[]) => tf.Tensor;

const op =
  (names: readonly string[], compute: Compute): Build =>
  (data) =>
    runnable(
      names.map((name) => input(data, name)),
      compute,
    );

/** Images and filters are brought into the order of tfjs beforehand. */
const convolution =
  (compute: (x: tf.Tensor4D, w: tf.Tensor4D) => tf.Tensor): Build =>
  (data: Data) => {
    const [x, w] = [images(input(data, "x")), filters(input(data, "w"))];
    return runnable([x, w], () => compute(x, w), channelsFirst);
  };

function runnable(inputs: tf.Tensor[], compute: Compute, order: (y: tf.Tensor) => tf.Tensor = (y) => y): Runnable {
  return {
    run: () => {
      tf.tidy(() => void compute(inputs));
    },
    numbers: async () => {
      const y = tf.tidy(() => order(compute(inputs)));
      const numbers = (await y.data()) as Float32Array;
      y.dispose();
      return numbers;
    },
  };
}

const product = op(["x", "y"], ([x, y]) => tf.matMul(x as tf.Tensor, y as tf.Tensor));
const unary = (compute: (x: tf.Tensor) => tf.Tensor): Build => op(["x"], ([x]) => compute(x as tf.Tensor));

export const ops: Readonly<Record<string, Build>> = {
  "matmul-64": product,
  "matmul-128": product,
  "matmul-256": product,
  "matmul-512": product,
  "matmul-1024": product,
  "skinny-fwd": op(["x", "w"], ([x, w]) => tf.matMul(x as tf.Tensor, w as tf.Tensor, false, true)),
  "skinny-dw": op(["g", "x"], ([g, x]) => tf.matMul(g as tf.Tensor, x as tf.Tensor, true, false)),
  "skinny-dx": op(["g", "w"], ([g, w]) => tf.matMul(g as tf.Tensor, w as tf.Tensor)),
  "conv-28-1-32": convolution((x, w) => tf.conv2d(x, w, 1, "same")),
  "conv-14-32-64": convolution((x, w) => tf.conv2d(x, w, 1, "same")),
  depthwise: (data) => {
    const x = images(input(data, "x"));
    const w = tf.transpose(input(data, "w"), [2, 3, 0, 1]) as tf.Tensor4D;
    return runnable([x, w], () => tf.depthwiseConv2d(x, w, 1, "same"), channelsFirst);
  },
  "add-1m": op(["x", "y"], ([x, y]) => tf.add(x as tf.Tensor, y as tf.Tensor)),
  "relu-1m": unary((x) => tf.relu(x)),
  "gelu-1m": unary(gelu),
  "exp-1m": unary((x) => tf.exp(x)),
  softmax: unary((x) => tf.softmax(x)),
  layernorm: op(["x", "weight", "bias"], ([x, weight, bias]) =>
    layerNorm(x as tf.Tensor, weight as tf.Tensor, bias as tf.Tensor),
  ),
  sum0: unary((x) => tf.sum(x, 0)),
};
