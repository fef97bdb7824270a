import { type DType, Generator, type Tensor, tensor } from "@dl/tensor";

/** An input: exact values, or random ones between `low` and `high`. */
export type InputSpec =
  | { readonly values: Parameters<typeof tensor>[0]; readonly dtype?: DType }
  | { readonly shape: readonly number[]; readonly low?: number; readonly high?: number; readonly dtype?: DType };

/** One call of an op. Forward, gradient, second gradient and device tests are made from it. */
export interface OpCase {
  readonly inputs: readonly InputSpec[];
  call(...inputs: Tensor[]): Tensor;
  /** Where the second derivative is not defined or not smooth at these inputs. */
  readonly firstOrderOnly?: string;
  /** Where the float32 kernel is allowed more than 1e-5, with the reason. */
  readonly tolerance?: number;
}

/** `inputs` at random in [-2, 2), or `low` to `high`. */
export const shaped = (...shapes: (readonly number[])[]): InputSpec[] => shapes.map((shape) => ({ shape }));

/** The inputs of a case; float ones in `dtype`. The same numbers every time. */
export function inputsOf({ inputs }: OpCase, dtype: "float32" | "float64"): Tensor[] {
  const generator = new Generator(7);
  return inputs.map((spec) => {
    const type = spec.dtype ?? dtype;
    if ("values" in spec) return tensor(spec.values, { dtype: type });
    const { shape, low = -2, high = 2 } = spec;
    const size = shape.reduce((total, length) => total * length, 1);
    const values = Float64Array.from({ length: size }, () => {
      const value = low + generator.uniform53() * (high - low);
      return type === "int32" || type === "uint8" ? Math.floor(value) : Math.fround(value);
    });
    return tensor(values, { shape, dtype: type });
  });
}
