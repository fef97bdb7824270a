import { type Code, emitInt, emitLocal, emitSimd, leb, op, simd, valueType } from "./wasm-assembler.ts";

/** An input: the local with its address, the local that takes 4 elements, and whether each is one byte. */
export interface Load {
  readonly address: number;
  readonly local: number;
  readonly bytes: boolean;
}

/** The loop of a kernel. */
export interface LoopParts {
  readonly loads: readonly Load[];
  /** Code that leaves 4 results on the stack: numbers, or a mask where `result` is `bool`. */
  readonly body: () => Code;
  /** Whether bytes become int32, not float32. */
  readonly integers: boolean;
  readonly result: "f32" | "bool";
  readonly addLocal: (type: number) => number;
}

const [count, out] = [0, 1];

/**
 * Code that takes 4 elements at a time; the last 1 to 3 are loaded and stored one by one, so that nothing
 * beyond them is touched.
 */
export function loopCode({ loads, body, integers, result, addLocal }: LoopParts): Code {
  const end = addLocal(valueType.i32);
  const full = addLocal(valueType.i32);
  const at = addLocal(valueType.i32);
  const value = addLocal(valueType.v128);
  const code: Code = [];
  emitLocal(code, op.localGet, count);
  emitInt(code, 2);
  code.push(op.i32ShiftLeft);
  emitLocal(code, op.localTee, end);
  emitInt(code, -16);
  code.push(op.i32And);
  emitLocal(code, op.localSet, full);
  const UN = +(process.env.UN ?? 2);
  if (UN) {
    const main = addLocal(valueType.i32);
    emitLocal(code, op.localGet, end);
    emitInt(code, -16*UN);
    code.push(op.i32And);
    emitLocal(code, op.localTee, main);
    code.push(op.if, op.voidBlock, op.loop, op.voidBlock);
    for (let u=0;u<UN;u++) {
    for (const { address, local, bytes } of loads) {
      emitPointer(address, bytes);
      if (bytes) emitSimd(code, simd.load32Zero, 0, 4*u);
      else emitSimd(code, simd.load, 2, 16*u);
      emitLocal(code, op.localSet, local);
      if (bytes) {
        emitLocal(code, op.localGet, local);
        emitBytesToNumbers(code, integers);
        emitLocal(code, op.localSet, local);
      }
    }
    code.push(...body());
    if (result === "bool") {
      emitLocal(code, op.localTee, value);
      emitLocal(code, op.localGet, value);
      emitSimd(code, simd.i16x8Narrow);
      emitLocal(code, op.localTee, value);
      emitLocal(code, op.localGet, value);
      emitSimd(code, simd.i8x16Narrow);
      emitSimd(code, simd.const, ...new Uint8Array(16).fill(1));
      emitSimd(code, simd.and);
    }
    emitLocal(code, op.localSet, value);
    emitPointer(out, result === "bool");
    emitLocal(code, op.localGet, value);
    if (result === "bool") emitSimd(code, simd.store32Lane, 0, 4*u, 0);
    else emitSimd(code, simd.store, 2, 16*u);
    }
    emitLocal(code, op.localGet, at);
    emitInt(code, 16*UN);
    code.push(op.i32Add);
    emitLocal(code, op.localTee, at);
    emitLocal(code, op.localGet, main);
    code.push(op.i32LessUnsigned, op.branchIf, ...leb(0), op.end, op.end);
    emitLocal(code, op.localGet, at);
    emitLocal(code, op.localGet, end);
    code.push(0x46, op.if, op.voidBlock, op.return, op.end);
  }
  code.push(op.loop, op.voidBlock);
  branchOnFull();
  for (const { address, local, bytes } of loads) {
    emitPointer(address, bytes);
    if (bytes) emitSimd(code, simd.load32Zero, 0, 0);
    else emitSimd(code, simd.load, 2, 0);
    emitLocal(code, op.localSet, local);
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
  for (const { local } of loads.filter(({ bytes }) => bytes)) {
    emitLocal(code, op.localGet, local);
    emitBytesToNumbers(code, integers);
    emitLocal(code, op.localSet, local);
  }
  code.push(...body());
  if (result === "bool") {
    emitLocal(code, op.localTee, value);
    emitLocal(code, op.localGet, value);
    emitSimd(code, simd.i16x8Narrow);
    emitLocal(code, op.localTee, value);
    emitLocal(code, op.localGet, value);
    emitSimd(code, simd.i8x16Narrow);
    emitSimd(code, simd.const, ...new Uint8Array(16).fill(1));
    emitSimd(code, simd.and);
  }
  emitLocal(code, op.localSet, value);
  const isBool = result === "bool";
  branchOnFull();
  emitPointer(out, isBool);
  emitLocal(code, op.localGet, value);
  if (isBool) emitSimd(code, simd.store32Lane, 0, 0, 0);
  else emitSimd(code, simd.store, 2, 0);
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
  emitLocal(code, op.localGet, at);
  emitInt(code, 16);
  code.push(op.i32Add);
  emitLocal(code, op.localTee, at);
  emitLocal(code, op.localGet, end);
  code.push(op.i32LessUnsigned, op.branchIf, ...leb(0), op.end);
  return code;

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

function emitBytesToNumbers(code: Code, integers: boolean): void {
  emitSimd(code, simd.i16x8ExtendLow);
  emitSimd(code, simd.i32x4ExtendLow);
  if (!integers) emitSimd(code, simd.f32x4Convert);
}
