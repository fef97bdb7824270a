import { broadcastStrides, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { converted } from "./elements.ts";
import { placesOver } from "./places.ts";
import type { Runtime } from "./runtime.ts";
import { runEach } from "./shader.ts";

/** A product of matrices of any dtypes, one thread for each element: integers wrap. */
export function plainProduct(runtime: Runtime, x: Tensor, y: Tensor, output: Tensor, bias?: Tensor): void {
  const batch = output.shape.slice(0, -2);
  const [xRow, xInner] = x.strides.slice(-2) as [number, number];
  const [yInner, yColumn] = y.strides.slice(-2) as [number, number];
  const { rank, whole, wgsl } = placesOver(output.shape, {
    x: [...batchStrides(x, batch), xRow, 0],
    y: [...batchStrides(y, batch), 0, yColumn],
    ...(bias === undefined ? {} : { bias: broadcastStrides(bias, output.shape) }),
  });
  const inputs = bias === undefined ? { x, y } : { x, y, bias };
  const job = { inputs, output, whole: { inner: x.shape.at(-1) as number, xInner, yInner, ...whole } };
  const type = output.dtype === "float32" ? "float32" : "int32";
  const variant = [rank, ...Object.values(inputs).map(({ dtype }) => dtype), output.dtype].join();
  runEach(runtime, plainProduct, variant, output.size, job, () => ({
    body: `${wgsl}
    var sum = ${bias === undefined ? (type === "float32" ? "0.0" : "0i") : converted("bias(biasBase)", bias.dtype, type)};
    for (var p = 0u; p < a.inner; p++) {
      let left = ${converted("x(xBase + p * a.xInner)", x.dtype, type)};
      sum += left * ${converted("y(yBase + p * a.yInner)", y.dtype, type)};
    }
    put(index, ${converted("sum", type, output.dtype)});`,
  }));
}

/** How matrices of `x` lie over `batch`. */
export const batchStrides = ({ shape, strides }: Tensor, batch: Shape): readonly number[] =>
  broadcastStrides({ shape: shape.slice(0, -2), strides: strides.slice(0, -2), offset: 0 }, batch);
