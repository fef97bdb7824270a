import { biasedMatmul, matmulBatch } from "../../ops/matmul.ts";
import { broadcastStrides, sizeOf } from "../../shape.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { multiply, type ProductSource, type Side } from "./gemm.ts";
import type { GpuKernel } from "./kernel.ts";
import { batchStrides, plainProduct } from "./plain-matmul.ts";
import type { Runtime } from "./runtime.ts";

/** A product of matrices. */
const gpuMatmul: GpuKernel = (runtime, [x, y], output) => product(runtime, gpuMatmul, x as Tensor, y as Tensor, output);

/** The same, plus a bias. */
const gpuAddmm: GpuKernel = (runtime, [bias, x, y], output) =>
  product(runtime, gpuAddmm, x as Tensor, y as Tensor, output, bias as Tensor);

export const matmulKernels = {
  biasedMatmul: [biasedMatmul.op, gpuAddmm],
  matmulBatch: [matmulBatch.op, gpuMatmul],
} as const;

function product(runtime: Runtime, owner: object, x: Tensor, y: Tensor, output: Tensor, bias?: Tensor): void {
  const operands = bias === undefined ? { x, y } : { x, y, bias };
  if (Object.values(operands).some(({ dtype }) => dtype !== "float32") || (bias?.ndim ?? 0) > 2) {
    plainProduct(runtime, x, y, output, bias);
    return;
  }
  const [rows, columns] = output.shape.slice(-2) as [number, number];
  const [xRow, xInner] = x.strides.slice(-2) as [number, number];
  const [yInner, yColumn] = y.strides.slice(-2) as [number, number];
  const [biasRow, biasColumn] =
    bias === undefined ? [0, 0] : (broadcastStrides(bias, [rows, columns]) as [number, number]);
  const batch = output.shape.slice(0, -2);
  const walk = collapse(batch, [batchStrides(x, batch), batchStrides(y, batch)]);
  const lengths = Object.fromEntries(
    walk.shape.flatMap((length, d) => [
      [`length${d}`, length],
      [`xStep${d}`, walk.strides[0]?.[d] ?? 0],
      [`yStep${d}`, walk.strides[1]?.[d] ?? 0],
    ]),
  );
  const rank = walk.shape.length;
  const fixed = { left: xInner === 1 ? "inner" : "line", right: yColumn === 1 ? "line" : "inner" } as const;
  multiply(
    runtime,
    owner,
    `${rank} ${fixed.left} ${fixed.right}`,
    {
      rows,
      columns,
      inner: x.shape.at(-1) as number,
      matrices: sizeOf(batch),
      inputs: operands,
      output,
      rowStep: columns,
      whole: { xRow, xInner, yInner, yColumn, biasRow, biasColumn, ...lengths },
    },
    (): ProductSource => ({
      left: sideOf("left", "x", fixed.left, rank, "a.xRow", "a.xInner"),
      right: sideOf("right", "y", fixed.right, rank, "a.yColumn", "a.yInner"),
      place: "fn place(matrix : u32, column : u32) -> u32 { return matrix * a.rows * a.columns + column; }",
      ...(bias === undefined ? {} : { finished: biased }),
    }),
  );
}

const biased = `fn finished(matrix : u32, row : u32, column : u32, value : f32) -> f32 {
  return value + bias(row * a.biasRow + column * a.biasColumn);
}`;

/** Elements at steps of `line` and `inner`. */
function sideOf(
  side: "left" | "right",
  operand: "x" | "y",
  fixed: Side["fixed"],
  rank: number,
  line: string,
  inner: string,
): Side {
  const [Place, Step] = side === "left" ? ["LeftPlace", "LeftStep"] : ["RightPlace", "RightStep"];
  const [stay, go] = fixed === "line" ? [line, inner] : [inner, line];
  const steps = Array.from({ length: rank }, (_, i) => {
    const d = rank - 1 - i;
    return `at += ${d === 0 ? "rest" : `rest % a.length${d}`} * a.${operand}Step${d}; ${d === 0 ? "" : `rest /= a.length${d};`}`;
  });
  return {
    fixed,
    functions: `
alias ${Place} = u32;
fn ${side}Place(matrix : u32, stay : u32) -> ${Place} {
  var at = stay * ${stay};
  var rest = matrix;
  ${steps.join("\n  ")}
  return at;
}
alias ${Step} = u32;
fn ${side}Step(other : u32) -> ${Step} { return other * ${go}; }
fn ${side}(place : ${Place}, step : ${Step}) -> f32 { return ${operand}(place + step); }`,
  };
}
