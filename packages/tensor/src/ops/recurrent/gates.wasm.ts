import { floatLoop } from "../../devices/wasm/elementwise.ts";
import { areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";

const cell = /* @__PURE__ */ floatLoop(["i", "f", "z", "c"], "sigmoid(f) * c + sigmoid(i) * tanh(z)");
const hidden = /* @__PURE__ */ floatLoop(["o", "c"], "sigmoid(o) * tanh(c)");
const update = /* @__PURE__ */ floatLoop(
  ["xr", "xz", "xn", "hr", "hz", "hn", "h"],
  "let r = sigmoid(xr + hr); let z = sigmoid(xz + hz); let n = tanh(xn + r * hn); n + z * (h - n)",
);

/** Row by row, as the gates of each lie side by side. */
export const wasmLstmGates: WasmKernel<unknown> = {
  supports: areFloat32,
  run([gates, c], output, _, engine) {
    const [, rows, size] = output.shape as [number, number, number];
    const [next, out] = [cell(engine), hidden(engine)];
    const line = 4 * size;
    let from = engine.address(gates as Tensor);
    let old = engine.address(c as Tensor);
    let h = engine.address(output);
    for (let row = 0; row < rows; row++, from += 4 * line, old += line, h += line) {
      const c1 = h + rows * line;
      next(size, c1, from, from + line, from + 2 * line, old);
      out(size, h, from + 3 * line, c1);
    }
  },
};

export const wasmGruGates: WasmKernel<unknown> = {
  supports: areFloat32,
  run([fromInput, fromHidden, h], output, _, engine) {
    const [rows, size] = output.shape as [number, number];
    const next = update(engine);
    const line = 4 * size;
    let x = engine.address(fromInput as Tensor);
    let s = engine.address(fromHidden as Tensor);
    let old = engine.address(h as Tensor);
    let to = engine.address(output);
    for (let row = 0; row < rows; row++, x += 3 * line, s += 3 * line, old += line, to += line) {
      next(size, to, x, x + line, x + 2 * line, s, s + line, s + 2 * line, old);
    }
  },
};
