import { floatLoop } from "../devices/wasm/elementwise.ts";
import type { Engine } from "../devices/wasm/engine.ts";
import { isFilled } from "../devices/wasm/operands.ts";
import { bytesPerElement, type DType } from "../dtype.ts";
import type { WasmKernel } from "../op.ts";
import type { Tensor } from "../tensor.ts";

/** Copies between any strides, and the usual changes of type. */
export const wasmCopy: WasmKernel<{ readonly dtype: DType }> = {
  supports([x], output) {
    const { dtype } = x as Tensor;
    if (!isFilled(x as Tensor) || output.dtype === "float64" || dtype === "float64") return false;
    return isSame(dtype, output.dtype) || (output.isContiguous && converter(dtype, output.dtype) !== undefined);
  },
  run([x], output, _, engine) {
    const { shape, strides, dtype, size, isContiguous } = x as Tensor;
    const from = { address: engine.address(x as Tensor), strides };
    const to = engine.address(output);
    if (!isSame(dtype, output.dtype)) {
      const convert = engine.kernels[converter(dtype, output.dtype) ?? "intsToFloats"];
      withPacked(engine, x as Tensor, from.address, (packed) => convert(packed, to, size));
    } else if (output.isContiguous && isContiguous && bytesPerElement[dtype] === 4)
      copyWords(engine)(size, to, from.address);
    else if (output.isContiguous) engine.copyStrided(from, shape, to, bytesPerElement[dtype] === 1 ? 1 : 4);
    else engine.between(dtype, output.shape, from, { address: to, strides: output.strides });
  },
};

/** Lanes are only moved, so they may hold integers too. */
const copyWords = /* @__PURE__ */ floatLoop(["x"], "x");

/** bool is stored as uint8 is. */
const isSame = (from: DType, to: DType): boolean => from === to || (from === "bool" && to === "uint8");

type Converter = "intsToFloats" | "bytesToFloats" | "bytesToInts" | "floatsToTruth" | "intsToTruth";

const converters: Readonly<Partial<Record<DType, Partial<Record<DType, Converter>>>>> = {
  bool: { float32: "bytesToFloats", int32: "bytesToInts" },
  uint8: { float32: "bytesToFloats", int32: "bytesToInts" },
  int32: { float32: "intsToFloats", bool: "intsToTruth" },
  float32: { bool: "floatsToTruth" },
};

const converter = (from: DType, to: DType): Converter | undefined => converters[from]?.[to];

/** Calls `body` with the address of the elements of `x` in row-major order. */
function withPacked(
  engine: Engine,
  { shape, strides, dtype, size, isContiguous }: Tensor,
  address: number,
  body: (address: number) => void,
): void {
  if (isContiguous) {
    body(address);
    return;
  }
  const bytes = bytesPerElement[dtype] === 1 ? 1 : 4;
  engine.withScratch(bytes * size, (scratch) => {
    engine.copyStrided({ address, strides }, shape, scratch, bytes);
    body(scratch);
  });
}
