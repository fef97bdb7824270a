// An ambient declaration cannot be imported, and packages that read these sources need it too.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./gpu-js.d.ts" />
import { WebGPUKernel } from "gpu.js/src/backend/web-gpu/kernel.js";
import { kernelCalls, toKernelBody } from "../../formula/gpu.ts";
import type { Formula } from "../../op.ts";

/** What the WGSL function of a formula is called. */
export const formulaFunction = "fn_formula";

/**
 * A WGSL function, `fn_` and `name`, of all inputs, then all parameters, as f32: written as a kernel by `formula/gpu.ts`
 * and translated by GPU.js. It calls natives. Throws for formulas that kernels cannot express.
 */
export function formulaToWgsl({ node, inputs, params }: Formula, name = "formula"): string {
  const names = [...inputs, ...params];
  const list = names.join(", ");
  const argumentTypes = names.map(() => "Float" as const);
  const body = toKernelBody(node, Object.fromEntries(names.map((name) => [name, name])));
  const source = `function ${name}(${list}) {\n${body}\n}`;
  // GPU.js translates whole kernels: this one only calls the function, so that the function is translated too.
  const kernel = new WebGPUKernel(`function (${list}) { return ${name}(${list}); }`, {
    output: [1],
    argumentTypes,
    functions: [{ name, source, argumentTypes, returnType: "Float" }],
    // Sources are left to `nativesFor`: GPU.js takes WGSL as it is, but not what that calls in turn.
    nativeFunctions: Array.from(kernelCalls(node), ([native, arity]) => ({
      name: native,
      source: "",
      argumentTypes: Object.fromEntries(Array.from({ length: arity }, (_, i) => [`x${i}`, "Float" as const])),
      returnType: "Float",
    })),
  });
  const values = names.map(() => 0);
  kernel.setupConstants();
  kernel.setupArguments(values);
  kernel.validateSettings(values);
  kernel.translateSource();
  if (kernel.translatedFunctions === null) throw new Error(`gpu: GPU.js made no function of ${source}`);
  return kernel.translatedFunctions;
}
