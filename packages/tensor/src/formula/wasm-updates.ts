import { call, functionsOf, type Node, type Step, schedule } from "./ast.ts";
import { patches } from "./instructions.ts";
import { canLower, lower } from "./lower.ts";
import { assemble, type Code, emitInt, emitLocal, emitSimd, leb, op, simd, valueType } from "./wasm-assembler.ts";
import { ValueEmitter } from "./wasm-values.ts";

/** The formulas of a kernel that writes several results, and the names that they read. */
export interface UpdateParts {
  readonly formulas: readonly Node[];
  readonly inputs: readonly string[];
  readonly params: readonly string[];
  /** Whether series are computed by relaxed SIMD's multiply-add. */
  readonly relaxed?: boolean;
  /** Whether `env.memory` is shared. */
  readonly sharedMemory?: boolean;
}

/**
 * The bytes of a WebAssembly SIMD module that exports `run(n, rows, address…, step…, parameter…)`: every formula over
 * `rows` rows of n float32, in one pass in which what they share is computed once. Addresses and steps (bytes from one
 * row to the next) are those of the inputs, then one for each formula's results, which may lie over an input. Neither
 * `n` nor `rows` may be 0.
 */
export function emitUpdates({
  formulas,
  inputs,
  params,
  relaxed = false,
  sharedMemory = false,
}: UpdateParts): Uint8Array<ArrayBuffer> {
  const { steps, results } = scheduleAll(formulas.map(lower));
  const places = inputs.length + formulas.length;
  const values = new ValueEmitter({
    steps,
    parameters: 2 + 2 * places + params.length,
    imports: [],
    integers: false,
    relaxed,
    invariantNames: new Set(params),
  });
  const before: Code = [];
  const loads: Access[] = [];
  for (const { node } of steps) {
    if (node.kind !== "name") continue;
    const local = values.addName(node.name);
    const input = inputs.indexOf(node.name);
    if (input >= 0) {
      loads.push({ address: 2 + input, local });
      continue;
    }
    emitLocal(before, op.localGet, 2 + 2 * places + params.indexOf(node.name));
    emitSimd(before, simd.f32x4Splat);
    emitLocal(before, op.localSet, local);
  }
  values.emitInvariants(before);
  const stores = results.map((result, k) => ({
    address: 2 + inputs.length + k,
    local: values.addLocal(valueType.v128),
    result,
  }));
  const loop = rowsCode(values, loads, stores, places);
  return assemble({
    imports: [],
    sharedMemory,
    signature: {
      params: [...Array.from({ length: 2 + 2 * places }, () => valueType.i32), ...params.map(() => valueType.f32)],
      results: [],
    },
    locals: values.locals,
    body: [...values.constantCode, ...before, ...loop],
  });
}

/** 4 elements of an operand: the local with its address, and the local that holds them. */
interface Access {
  readonly address: number;
  readonly local: number;
}

interface Store extends Access {
  /** The step that makes them. */
  readonly result: number;
}

const [count, rowsLeft] = [0, 1];

/** Row by row, 4 elements at a time; the last 1 to 3 are loaded and stored one by one. */
function rowsCode(values: ValueEmitter, loads: readonly Access[], stores: readonly Store[], places: number): Code {
  const [end, full, at] = [valueType.i32, valueType.i32, valueType.i32].map((type) => values.addLocal(type)) as [
    number,
    number,
    number,
  ];
  const code: Code = [];
  emitLocal(code, op.localGet, count);
  emitInt(code, 2);
  code.push(op.i32ShiftLeft);
  emitLocal(code, op.localTee, end);
  emitInt(code, -16);
  code.push(op.i32And);
  emitLocal(code, op.localSet, full);
  code.push(op.loop, op.voidBlock);
  emitInt(code, 0);
  emitLocal(code, op.localSet, at);
  code.push(op.loop, op.voidBlock);
  ifWhole(
    () => {
      for (const { address, local } of loads) {
        pointer(address);
        emitSimd(code, simd.load, 2, 0);
        emitLocal(code, op.localSet, local);
      }
    },
    (lane) => {
      for (const { address, local } of loads) {
        pointer(address);
        if (lane === 0) emitSimd(code, simd.load32Zero, 2, 0);
        else {
          emitLocal(code, op.localGet, local);
          emitSimd(code, simd.load32Lane, 2, 4 * lane, lane);
        }
        emitLocal(code, op.localSet, local);
      }
    },
  );
  for (const { local, result } of stores) {
    values.emitResult(code, "f32", result);
    emitLocal(code, op.localSet, local);
  }
  ifWhole(
    () => {
      for (const { address, local } of stores) {
        pointer(address);
        emitLocal(code, op.localGet, local);
        emitSimd(code, simd.store, 2, 0);
      }
    },
    (lane) => {
      for (const { address, local } of stores) {
        pointer(address);
        emitLocal(code, op.localGet, local);
        emitSimd(code, simd.store32Lane, 2, 4 * lane, lane);
      }
    },
  );
  emitLocal(code, op.localGet, at);
  emitInt(code, 16);
  code.push(op.i32Add);
  emitLocal(code, op.localTee, at);
  emitLocal(code, op.localGet, end);
  code.push(op.i32LessUnsigned, op.branchIf, ...leb(0), op.end);
  for (let place = 0; place < places; place++) {
    emitLocal(code, op.localGet, 2 + place);
    emitLocal(code, op.localGet, 2 + places + place);
    code.push(op.i32Add);
    emitLocal(code, op.localSet, 2 + place);
  }
  emitLocal(code, op.localGet, rowsLeft);
  emitInt(code, 1);
  code.push(op.i32Sub);
  emitLocal(code, op.localTee, rowsLeft);
  code.push(op.branchIf, ...leb(0), op.end);
  return code;

  function pointer(address: number): void {
    emitLocal(code, op.localGet, address);
    emitLocal(code, op.localGet, at);
    code.push(op.i32Add);
  }

  /** `whole` where 4 elements are left, else `one` for each that is. */
  function ifWhole(whole: () => void, one: (lane: number) => void): void {
    emitLocal(code, op.localGet, at);
    emitLocal(code, op.localGet, full);
    code.push(op.i32LessUnsigned, op.if, op.voidBlock);
    whole();
    code.push(op.else);
    one(0);
    for (const lane of [1, 2]) {
      emitLocal(code, op.localGet, end);
      emitLocal(code, op.localGet, at);
      code.push(op.i32Sub);
      emitInt(code, 4 * lane);
      code.push(op.i32GreaterUnsigned, op.if, op.voidBlock);
      one(lane);
      code.push(op.end);
    }
    code.push(op.end);
  }
}

/** The steps of several formulas, each value once, and which of them are the results. */
function scheduleAll(formulas: readonly Node[]): { steps: readonly Step[]; results: readonly number[] } {
  const [first, ...others] = formulas as [Node, ...Node[]];
  const steps = schedule(others.reduce((joined, formula) => call("add", joined, formula), first));
  const results: number[] = [];
  let joined = steps.length - 1;
  for (const _ of others) {
    const [before, last] = (steps[joined] as Step).args as readonly [number, number];
    results.unshift(last);
    joined = before;
  }
  return { steps, results: [joined, ...results] };
}

/** True where `emitUpdates` takes the formula. */
export const canEmitUpdate = (formula: Node): boolean =>
  canLower(formula) && [...functionsOf(lower(formula))].every((fn) => patches[fn] === undefined);
