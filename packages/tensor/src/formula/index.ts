export {
  type CallNode,
  call,
  functionsOf,
  isBoolean,
  type NameNode,
  type Node,
  type NumberNode,
  names,
  num,
  type SelectNode,
  type Step,
  schedule,
  select,
  substitute,
  toText,
  variable,
} from "./ast.ts";
export { derive } from "./derive.ts";
export { canRunOnGpu, toKernelBody } from "./gpu.ts";
export type { FunctionName, MachineWord, NamedFunction, OperatorName } from "./names.ts";
export { parse } from "./parse.ts";
export {
  blockSize,
  compileReference,
  type Load,
  type ReferenceKernel,
  type ReferenceMode,
  type Store,
} from "./reference.ts";
export { toTex } from "./tex.ts";
export { functions, type Operator, operators } from "./vocabulary.ts";
export { canEmit, emitWasm, hasRelaxedSimd, type WasmOptions, wasmImports } from "./wasm.ts";
