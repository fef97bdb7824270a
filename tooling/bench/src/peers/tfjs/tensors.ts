import * as tf from "@tensorflow/tfjs-core";
import type { Data, Numbers } from "../peer.ts";

export const tensorOf = ({ data, shape }: Numbers): tf.Tensor => tf.tensor(data, shape, "float32");

export const input = (data: Data, name: string): tf.Tensor => tensorOf(data.input(name));

/** PyTorch's order of images, channels first, as tfjs wants it. */
export const images = (x: tf.Tensor): tf.Tensor4D => tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D;

/** Filters `[o, i, h, w]` as `[h, w, i, o]`. */
export const filters = (w: tf.Tensor): tf.Tensor4D => tf.transpose(w, [2, 3, 1, 0]) as tf.Tensor4D;

export const channelsFirst = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [0, 3, 1, 2]);

export const gelu = (x: tf.Tensor): tf.Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

export function layerNorm(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normal, weight), bias);
}
