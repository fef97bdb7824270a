import { blockUntilReady, defaultDevice, init, numpy as np } from "@jax-js/jax";
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
// The gradients of tfjs-core are registered only here.
import { version_layers } from "@tensorflow/tfjs-layers";
import { ops as jaxOps } from "../peers/jax/ops.ts";
import { training as jaxTraining } from "../peers/jax/training.ts";
import { ops as tfjsOps } from "../peers/tfjs/ops.ts";
import { training as tfjsTraining } from "../peers/tfjs/training.ts";
import { dl } from "./dl.ts";
import type { GpuPeer } from "./peer.ts";

/** All that a page can run, ours first. */
export const peers: readonly GpuPeer[] = [dl, tfjs("webgpu", WebGPUBackend), tfjs("webgl", MathBackendWebGL), jax()];

function tfjs(backend: "webgpu" | "webgl", Backend: typeof WebGPUBackend | typeof MathBackendWebGL): GpuPeer {
  let probe: tf.Tensor | undefined;
  return {
    name: `tfjs-${backend}`,
    versions: `tfjs ${tf.version_core} (layers ${version_layers}) on ${backend}`,
    cases: { ...tfjsOps, ...tfjsTraining },
    start: async () => {
      const started = await tf.setBackend(backend);
      if (!started || !(tf.backend() instanceof Backend)) throw new Error(`no backend ${backend}`);
    },
    settle: async () => {
      // tfjs computes small tensors on the CPU, which waits for nothing
      probe ??= tf.zeros([4096]);
      const sum = tf.add(probe, 1);
      await sum.data();
      sum.dispose();
    },
  };
}

function jax(): GpuPeer {
  let started: Promise<unknown> | undefined;
  return {
    name: "jax-js",
    versions: "jax-js on webgpu",
    cases: { ...jaxOps, ...jaxTraining },
    start: async () => {
      started ??= init("webgpu");
      await started;
      defaultDevice("webgpu");
    },
    settle: async () => {
      const zero = np.zeros([1]);
      await blockUntilReady(zero);
      zero.dispose();
    },
  };
}
