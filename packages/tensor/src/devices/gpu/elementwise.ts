import { type DType, isFloat, resultType } from "../../dtype.ts";
import { canRunOnGpu } from "../../formula/gpu.ts";
import type { Formula, KernelOp } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { converted, wgslTypeOf } from "./elements.ts";
import { bufferOf, floatArgument, type GpuKernel, notOnGpu, wholeArgument } from "./kernel.ts";
import { mostArguments, type Runtime } from "./runtime.ts";
import { formulaFunction, formulaToWgsl } from "./translate.ts";
import { operandOver, walkOver, walkToWgsl } from "./walk.ts";

/**
 * Computes an elementwise op from its formula, in float32, wherever the operands lie. Throws for formulas that GPU.js
 * lacks, and for integer results, which float32 cannot hold exactly.
 */
export function runFormula<A>(
  runtime: Runtime,
  op: KernelOp<A>,
  formula: Formula,
  inputs: readonly Tensor[],
  output: Tensor,
  attrs: A,
): void {
  checkRuns(op.name, formula, inputs);
  const isTensor = inputs.map((x) => !x.isNumber);
  const tensors = inputs.filter((x) => !x.isNumber);
  const numbers = inputs.filter((x) => x.isNumber).map(({ storage }) => storage.data[0] as number);
  const params = formula.params.map((name) => (attrs as Params)[name] as number);
  runStrided(
    runtime,
    op,
    tensors,
    output,
    [...numbers, ...params],
    (slot) => {
      let tensor = 0;
      let number = 0;
      const operands = isTensor.map((is) => (is ? `x${tensor++}` : floatArgument(slot + number++)));
      const loaded = operands.map((text, i) =>
        isTensor[i] ? converted(text, (inputs[i] as Tensor).dtype, "float32") : text,
      );
      const given = params.map((_, i) => floatArgument(slot + number + i));
      return {
        functions: formulaToWgsl(formula),
        value: converted(`${formulaFunction}(${[...loaded, ...given].join(", ")})`, "float32", output.dtype),
      };
    },
    isTensor.join(),
  );
}

type Params = Readonly<Record<string, number>>;

/** Copies elements to another place and dtype. */
export const runCopy: GpuKernel = (runtime, inputs, output) => {
  const { dtype } = inputs[0] as Tensor;
  runStrided(
    runtime,
    runCopy,
    inputs,
    output,
    [],
    () => ({ functions: "", value: converted("x0", dtype, output.dtype) }),
    "",
  );
};

function checkRuns(who: string, formula: Formula, inputs: readonly Tensor[]): void {
  if (!canRunOnGpu(formula.node)) throw notOnGpu(who, "GPU.js lacks a function of its formula");
  const promoted = resultType(inputs);
  if (isFloat(promoted) || formula.result === "float") return;
  if (formula.result === "bool" && promoted !== "int32") return;
  throw notOnGpu(who, `for ${promoted}`);
}

/** The threads of a workgroup. */
const threads = 64;

/** What a shader computes for each element: WGSL over `x0`, `x1`, …, the elements of the tensors. */
interface Body {
  readonly functions: string;
  readonly value: string;
}

/** Runs one thread for each element. `body` is given the number of the first argument that is one of `floats`. */
function runStrided(
  runtime: Runtime,
  owner: object,
  tensors: readonly Tensor[],
  output: Tensor,
  floats: readonly number[],
  body: (slot: number) => Body,
  variant: string,
): void {
  const { shape, size } = output;
  if (size === 0) return;
  const walk = walkOver(
    shape,
    [...tensors, output].map((x) => operandOver(x, shape)),
  );
  const dtypes = tensors.map(({ dtype }) => dtype);
  const slot = 2 + walk.whole.length;
  const key = `${variant} ${walk.rank} ${dtypes.join()} ${output.dtype}`;
  const program = runtime.program(owner, key, tensors.length, () =>
    shader(dtypes, output.dtype, walk.rank, body(slot)),
  );
  const [columns, rows] = gridOf(Math.ceil(size / threads), runtime.device.limits.maxComputeWorkgroupsPerDimension);
  const whole = [size, columns * threads, ...walk.whole];
  runtime.call(program, {
    inputs: tensors.map(bufferOf),
    output: bufferOf(output),
    whole,
    floats,
    groups: [columns, rows, 1],
  });
}

/** `groups` workgroups in rows of at most `most`. */
function gridOf(groups: number, most: number): [number, number] {
  const rows = Math.ceil(groups / most);
  return [Math.ceil(groups / rows), rows];
}

function shader(inputs: readonly DType[], output: DType, rank: number, { functions, value }: Body): string {
  const bindings = inputs.map(
    (dtype, k) => `@group(0) @binding(${k + 1}) var<storage, read> input${k} : array<${wgslTypeOf(dtype)}>;`,
  );
  const reads = inputs.map((_, k) => `let x${k} = input${k}[at${k}];`);
  return `
@group(0) @binding(0) var<uniform> arguments : array<vec4<u32>, ${mostArguments / 4}>;
${bindings.join("\n")}
@group(0) @binding(${inputs.length + 1}) var<storage, read_write> output : array<${wgslTypeOf(output)}>;
${functions}
@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) thread : vec3<u32>) {
  let index = thread.x + thread.y * ${wholeArgument(1)};
  if (index >= ${wholeArgument(0)}) { return; }
  ${walkToWgsl(rank, inputs.length + 1, 2, "index")}
  ${reads.join("\n  ")}
  output[at${inputs.length}] = ${value};
}
`;
}
