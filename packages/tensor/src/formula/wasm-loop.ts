import { type Code, emitInt, emitLocal, emitSimd, leb, op, simd, valueType } from "./wasm-assembler.ts";
import type { ValueEmitter } from "./wasm-values.ts";

/** An input: its name, the local with its address, the local that takes 4 elements, and whether each is one byte. */
export interface Load {
  readonly name: string;
  readonly address: number;
  readonly local: number;
  readonly bytes: boolean;
}

/** The loop of a kernel. */
export interface LoopParts {
  readonly loads: readonly Load[];
  readonly values: ValueEmitter;
  /** Whether bytes become int32, not float32. */
  readonly integers: boolean;
  readonly result: "f32" | "bool";
}

const [count, out] = [0, 1];

/**
 * Code that takes 8 elements at a time, then 4; the last 1 to 3 are loaded and stored one by one, so that nothing
 * beyond them is touched.
 */
export function loopCode({ loads, values, integers, result }: LoopParts): Code {
  const end = values.addLocal(valueType.i32);
  const full = values.addLocal(valueType.i32);
  const at = values.addLocal(valueType.i32);
  const pointer = values.addLocal(valueType.i32);
  const value = values.addLocal(valueType.v128);
  const isBool = result === "bool";
  const wanted = isBool ? "m32" : "f32";
  const code: Code = [];
  emitLocal(code, op.localGet, count);
  emitInt(code, 2);
  code.push(op.i32ShiftLeft);
  emitLocal(code, op.localTee, end);
  emitInt(code, -32);
  code.push(op.i32And);
  emitLocal(code, op.localTee, full);
  code.push(op.if, op.voidBlock, op.loop, op.voidBlock);
  const zero = values.addLocal(valueType.v128);
  const others = new Map(loads.map(({ name }) => [name, values.addLocal(valueType.v128)]));
  for (const { name, address, local, bytes } of loads) {
    emitPointer(address, bytes);
    emitLocal(code, op.localSet, pointer);
    for (const [side, target] of [local, others.get(name) as number].entries()) {
      emitLocal(code, op.localGet, pointer);
      loadFull(target, bytes, side);
      if (bytes) bytesToNumbers(target);
    }
  }
  const results = values.emitPair(code, wanted, others);
  emitPointer(out, isBool);
  emitLocal(code, op.localSet, pointer);
  for (const [side, local] of results.entries()) {
    emitLocal(code, op.localGet, pointer);
    emitLocal(code, op.localGet, local);
    if (isBool) emitMaskToBytes(code, value);
    storeFull(side);
  }
  clear([...loads.map(({ local }) => local), ...values.variablesFrom(zero + 1)]);
  next(32, full);
  code.push(op.end);
  emitLocal(code, op.localGet, at);
  emitLocal(code, op.localGet, end);
  code.push(op.i32Equal, op.if, op.voidBlock, op.return, op.end);
  emitLocal(code, op.localGet, end);
  emitInt(code, -16);
  code.push(op.i32And);
  emitLocal(code, op.localSet, full);
  code.push(op.loop, op.voidBlock);
  branchOnFull();
  for (const { address, local, bytes } of loads) {
    emitPointer(address, bytes);
    loadFull(local, bytes, 0);
  }
  code.push(op.else);
  for (const { address, local, bytes } of loads) {
    emitSimd(code, simd.const, ...new Uint8Array(16));
    emitLocal(code, op.localSet, local);
    const loadLane = (lane: number): void => {
      emitPointer(address, bytes);
      emitLocal(code, op.localGet, local);
      if (bytes) emitSimd(code, simd.load8Lane, 0, lane, lane);
      else emitSimd(code, simd.load32Lane, 2, 4 * lane, lane);
      emitLocal(code, op.localSet, local);
    };
    loadLane(0);
    forRest(loadLane);
  }
  code.push(op.end);
  for (const { local } of loads.filter(({ bytes }) => bytes)) bytesToNumbers(local);
  values.emitResult(code, wanted);
  if (isBool) emitMaskToBytes(code, value);
  emitLocal(code, op.localSet, value);
  branchOnFull();
  emitPointer(out, isBool);
  emitLocal(code, op.localGet, value);
  storeFull(0);
  code.push(op.else);
  const storeLane = (lane: number): void => {
    emitPointer(out, isBool);
    emitLocal(code, op.localGet, value);
    if (isBool) emitSimd(code, simd.store8Lane, 0, lane, lane);
    else emitSimd(code, simd.store32Lane, 2, 4 * lane, lane);
  };
  storeLane(0);
  forRest(storeLane);
  code.push(op.end);
  next(16, end);
  return code;

  function next(bytes: number, limit: number): void {
    emitLocal(code, op.localGet, at);
    emitInt(code, bytes);
    code.push(op.i32Add);
    emitLocal(code, op.localTee, at);
    emitLocal(code, op.localGet, limit);
    code.push(op.i32LessUnsigned, op.branchIf, ...leb(0), op.end);
  }

  /**
   * Says that no turn of the loop reads what another left in these locals: V8 joins the two sides of a pair to vectors of
   * eight (with `--experimental-wasm-revectorize`) only if nothing else wants them.
   */
  function clear(locals: readonly number[]): void {
    for (const local of locals) {
      emitLocal(code, op.localGet, zero);
      emitLocal(code, op.localSet, local);
    }
  }

  function loadFull(local: number, bytes: boolean, side: number): void {
    if (bytes) emitSimd(code, simd.load32Zero, 0, 4 * side);
    else emitSimd(code, simd.load, 2, 16 * side);
    emitLocal(code, op.localSet, local);
  }

  function storeFull(side: number): void {
    if (isBool) emitSimd(code, simd.store32Lane, 0, 4 * side, 0);
    else emitSimd(code, simd.store, 2, 16 * side);
  }

  function bytesToNumbers(local: number): void {
    emitLocal(code, op.localGet, local);
    emitBytesToNumbers(code, integers);
    emitLocal(code, op.localSet, local);
  }

  function branchOnFull(): void {
    emitLocal(code, op.localGet, at);
    emitLocal(code, op.localGet, full);
    code.push(op.i32LessUnsigned, op.if, op.voidBlock);
  }

  function emitPointer(address: number, bytes: boolean): void {
    emitLocal(code, op.localGet, address);
    emitLocal(code, op.localGet, at);
    if (bytes) {
      emitInt(code, 2);
      code.push(op.i32ShiftRightUnsigned);
    }
    code.push(op.i32Add);
  }

  function forRest(emit: (lane: number) => void): void {
    for (const lane of [1, 2]) {
      emitLocal(code, op.localGet, end);
      emitLocal(code, op.localGet, at);
      code.push(op.i32Sub);
      emitInt(code, 4 * lane);
      code.push(op.i32GreaterUnsigned, op.if, op.voidBlock);
      emit(lane);
      code.push(op.end);
    }
  }
}

/** Turns the address on the stack into 4 times the number that stands there. */
export function emitSplat(code: Code, bytes: boolean, integers: boolean): void {
  if (bytes) {
    emitSimd(code, simd.load8Splat, 0, 0);
    emitBytesToNumbers(code, integers);
  } else emitSimd(code, simd.load32Splat, 2, 0);
}

/** Turns the mask on the stack into 4 bytes, 1 or 0, in the lowest lane; `spare` is a local for it. */
function emitMaskToBytes(code: Code, spare: number): void {
  emitLocal(code, op.localTee, spare);
  emitLocal(code, op.localGet, spare);
  emitSimd(code, simd.i16x8Narrow);
  emitLocal(code, op.localTee, spare);
  emitLocal(code, op.localGet, spare);
  emitSimd(code, simd.i8x16Narrow);
  emitSimd(code, simd.const, ...new Uint8Array(16).fill(1));
  emitSimd(code, simd.and);
}

function emitBytesToNumbers(code: Code, integers: boolean): void {
  emitSimd(code, simd.i16x8ExtendLow);
  emitSimd(code, simd.i32x4ExtendLow);
  if (!integers) emitSimd(code, simd.f32x4Convert);
}
