/** Prints a digest of what each kind of kernel computes, with tiles twice as wide if the argument is 1. */
import { createHash } from "node:crypto";
import * as dl from "@dl/tensor";
import { wasmBackend } from "../../../../src/devices/wasm/wasm.ts";

dl.useDevice("wasm");
dl.manualSeed(1);
wasmBackend()?.engine.kernels.useDoubleTiles(Number(process.argv[2]));

const [a, b, row] = [dl.randn([70, 130]), dl.randn([130, 90]), dl.randn([90])];
const [images, kernel] = [dl.randn([2, 18, 19, 21]), dl.randn([20, 18, 3, 3])];
const results: Readonly<Record<string, dl.Tensor>> = {
  matmul: dl.matmul(a, b),
  biased: dl.addmm(row, a, b),
  transposed: dl.matmul(a, dl.transpose(dl.randn([50, 130]), 0, 1)),
  winograd: dl.conv2d(images, kernel, undefined, { padding: 1 }),
  direct: dl.conv2d(images, dl.randn([9, 18, 5, 5]), undefined, { stride: 2 }),
  depthwise: dl.conv2d(images, dl.randn([18, 1, 3, 3]), dl.randn([18]), { padding: 1, groups: 18 }),
  maxPool: dl.maxPool2d(images, { kernelSize: 2 }),
  avgPool: dl.avgPool2d(images, { kernelSize: 3 }),
  softmax: dl.softmax(b, { dim: 1 }),
  layerNorm: dl.layerNorm(b, [90]),
  sum: dl.sum(images, { dim: [0, 2] }),
  isLess: dl.lt(a, 0),
  where: dl.where(dl.gt(a, 0), a, dl.exp(a)),
};
const elementwise = [dl.exp, dl.log1p, dl.tanh, dl.sin, dl.erf, dl.gelu, dl.sigmoid, dl.softplus, dl.relu, dl.floor];

for (const [name, x] of [...Object.entries(results), ...elementwise.map((fn) => [fn.name, fn(a)] as const)]) {
  const { buffer, byteOffset, byteLength } = await x.read();
  console.log(
    name,
    createHash("sha256")
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest("hex"),
  );
}
