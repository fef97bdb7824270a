import type { CallNode, Step } from "./ast.ts";
import {
  arithmetic,
  comparisons,
  type Instruction,
  integerWords,
  logic,
  multiplyAdd,
  type Patch,
  patches,
  plus,
  shifts,
  times,
} from "./instructions.ts";
import { isWide, type Lanes, lanesOf } from "./lanes.ts";
import { type Code, emitInt, emitLocal, emitSimd, op, simd, valueType } from "./wasm-assembler.ts";

/** What the values of a formula are made of. */
export interface ValueParts {
  readonly steps: readonly Step[];
  /** The number of the function's parameters, which come before its locals. */
  readonly parameters: number;
  /** The imported functions, in order. */
  readonly imports: readonly Patch["import"][];
  /** Whether numbers are 32-bit integers. */
  readonly integers: boolean;
  /** Whether a multiply-add is one instruction. */
  readonly relaxed: boolean;
  /** The names whose values stay the same for all elements. */
  readonly invariantNames: ReadonlySet<string>;
}

type Half = 0 | 1;

/** The locals of one side of a pair: 4 elements of every input, and what was made of them. */
interface Side {
  readonly names: Map<string, number>;
  readonly places: Map<number, number>;
}

/**
 * Emits the values of a formula, each once: what is used again is kept in a local, and what stays the same
 * for all elements is computed before the loop.
 */
export class ValueEmitter {
  /** The types of the locals so far. */
  readonly locals: number[] = [];
  /** Sets the locals of the constants; goes before all other code. */
  readonly constantCode: Code = [];
  readonly #parts: ValueParts;
  readonly #lanes: readonly Lanes[];
  readonly #constants = new Map<string, number>();
  #side: Side = { names: new Map(), places: new Map() };
  readonly #shared = new Set<number>();

  constructor(parts: ValueParts) {
    this.#parts = parts;
    this.#lanes = lanesOf(parts.steps);
    for (const [index, { node, args, uses }] of parts.steps.entries()) {
      if (uses > 1) this.#shared.add(index);
      if (node.kind === "call" && node.fn === "wide") this.#shared.add(args[0] as number);
    }
  }

  /** A new local of the given type. */
  addLocal(type: number): number {
    return this.#parts.parameters + this.locals.push(type) - 1;
  }

  /** The locals from `first` on, but for those of constants. */
  variablesFrom(first: number): readonly number[] {
    const constants = new Set(this.#constants.values());
    return this.locals
      .map((_, i) => this.#parts.parameters + i)
      .filter((local) => local >= first && !constants.has(local));
  }

  /** A new local that holds the value of an input or a parameter. */
  addName(name: string): number {
    const local = this.addLocal(valueType.v128);
    this.#side.names.set(name, local);
    return local;
  }

  /** Emits what stays the same for all elements. */
  emitInvariants(code: Code): void {
    const { steps, invariantNames } = this.#parts;
    const invariant: boolean[] = [];
    for (const { node, args } of steps) {
      const own = node.kind === "name" ? invariantNames.has(node.name) : true;
      invariant.push(own && args.every((arg) => invariant[arg] === true));
    }
    const needed = new Set<number>();
    for (const [index, { args }] of steps.entries()) {
      if (!invariant[index]) for (const arg of args) needed.add(arg);
    }
    for (const [index, { node }] of steps.entries()) {
      if (!invariant[index] || !needed.has(index) || node.kind === "number" || node.kind === "name") continue;
      const halves: readonly Half[] = isWide(this.#lanes[index] as Lanes) ? [0, 1] : [0];
      this.#shared.add(index);
      for (const half of halves) {
        this.#emitOwn(code, index, half);
        emitLocal(code, op.localSet, this.#side.places.get(2 * index + half) as number);
      }
    }
  }

  /**
   * Emits the formula for two times 4 elements, step by step in turns, so that a processor works on both at once;
   * `others` are the locals of the second inputs. Returns the locals of the results, numbers or masks.
   */
  emitPair(code: Code, wanted: "f32" | "m32", others: ReadonlyMap<string, number>): readonly number[] {
    const { names, places } = this.#side;
    const sides = [new Map(), others].map((own) => ({
      names: new Map([...names, ...own]),
      places: new Map(places),
    }));
    for (const [index, { node }] of this.#parts.steps.entries()) {
      if (node.kind === "number" || node.kind === "name" || places.has(2 * index)) continue;
      for (const side of sides) {
        this.#side = side;
        for (const half of isWide(this.#lanes[index] as Lanes) ? ([0, 1] as const) : ([0] as const)) {
          this.#emitFresh(code, index, half);
          side.places.set(2 * index + half, this.#setLocal(code));
        }
      }
    }
    const results = sides.map((side) => {
      this.#side = side;
      this.emitResult(code, wanted);
      return this.#setLocal(code);
    });
    this.#side = { names, places };
    return results;
  }

  /** Emits the formula, or the step at `index`, as numbers or as a mask. */
  emitResult(code: Code, wanted: "f32" | "m32", index: number = this.#parts.steps.length - 1): void {
    this.#emit(code, index, 0, wanted);
  }

  #setLocal(code: Code): number {
    const local = this.addLocal(valueType.v128);
    emitLocal(code, op.localSet, local);
    return local;
  }

  #emit(code: Code, index: number, half: Half, wanted: Lanes): void {
    const own = this.#lanes[index] as Lanes;
    const { node } = this.#parts.steps[index] as Step;
    if (node.kind === "number") this.#emitConstant(code, node.value, wanted);
    else {
      this.#emitOwn(code, index, half);
      if (own === wanted) return;
      if (isWide(own) !== isWide(wanted)) throw new TypeError(`formula: ${own} lanes where ${wanted} are wanted`);
      if (own === "m32" || own === "m64") {
        this.#emitConstant(code, 1, wanted);
        emitSimd(code, simd.and);
      } else {
        this.#emitConstant(code, 0, own);
        emitSimd(code, own === "f64" ? 0x48 : this.#parts.integers ? 0x38 : 0x42);
      }
    }
  }

  #emitOwn(code: Code, index: number, half: Half): void {
    const { node } = this.#parts.steps[index] as Step;
    const place = node.kind === "name" ? this.#side.names.get(node.name) : this.#side.places.get(2 * index + half);
    if (place !== undefined) {
      emitLocal(code, op.localGet, place);
      return;
    }
    this.#emitFresh(code, index, half);
    if (!this.#shared.has(index)) return;
    const local = this.addLocal(valueType.v128);
    this.#side.places.set(2 * index + half, local);
    emitLocal(code, op.localTee, local);
  }

  #emitFresh(code: Code, index: number, half: Half): void {
    const { node, args } = this.#parts.steps[index] as Step;
    const own = this.#lanes[index] as Lanes;
    const [first, second, third] = args as readonly [number, number, number];
    if (node.kind === "select") {
      this.#emit(code, second, half, own);
      this.#emit(code, third, half, own);
      this.#emit(code, first, half, isWide(own) ? "m64" : "m32");
      emitSimd(code, simd.bitselect);
    } else if (node.kind === "call") {
      const patch = patches[node.fn];
      if (patch !== undefined) this.#emitPatch(code, patch, first, args.slice(1));
      else if (node.fn === "wide") this.#emitWide(code, first, half);
      else if (node.fn === "narrow") this.#emitNarrow(code, first);
      else if (node.fn === "pick") {
        for (const arg of [second, third, first]) this.#emit(code, arg, half, own);
        emitSimd(code, simd.bitselect);
      } else if (node.fn === "madd") this.#emitMultiplyAdd(code, args, half, own);
      else this.#emitInstruction(code, node.fn, args, half, own);
    }
  }

  #emitInstruction(code: Code, fn: CallNode["fn"], args: readonly number[], half: Half, own: Lanes): void {
    const onMasks = logic[fn];
    const [inside, width] = isWide(own) ? (["f64", "wide"] as const) : (["f32", "narrow"] as const);
    const shift = shifts[fn];
    for (const [position, arg] of args.entries()) {
      if (position === 1 && shift !== undefined) emitInt(code, this.#countOf(arg));
      else this.#emit(code, arg, half, onMasks === undefined ? inside : own);
    }
    const onIntegers = this.#parts.integers ? integerWords[fn] : undefined;
    emitSimd(code, onMasks ?? onIntegers ?? ((shift ?? arithmetic[fn] ?? comparisons[fn]) as Instruction)[width]);
  }

  #emitMultiplyAdd(code: Code, args: readonly number[], half: Half, own: Lanes): void {
    const width = isWide(own) ? "wide" : "narrow";
    for (const [position, arg] of args.entries()) {
      this.#emit(code, arg, half, own);
      if (position === 1 && !this.#parts.relaxed) emitSimd(code, times[width]);
    }
    emitSimd(code, (this.#parts.relaxed ? multiplyAdd : plus)[width]);
  }

  #emitWide(code: Code, arg: number, half: Half): void {
    this.#emit(code, arg, 0, "f32");
    if (half === 1) {
      this.#emit(code, arg, 0, "f32");
      emitSimd(code, simd.shuffle, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    }
    emitSimd(code, simd.promote);
  }

  #emitNarrow(code: Code, arg: number): void {
    for (const half of [0, 1] as const) {
      this.#emit(code, arg, half, "f64");
      emitSimd(code, simd.demote);
    }
    emitSimd(code, simd.shuffle, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  }

  /** Replaces the lanes beyond the limit by what the imported function says. */
  #emitPatch(code: Code, patch: Patch, value: number, args: readonly number[]): void {
    const kept = args.map((arg) => this.#emitTemporary(code, arg));
    const result = this.#emitTemporary(code, value);
    for (const [index, local] of kept.entries()) {
      emitLocal(code, op.localGet, local);
      emitSimd(code, 0xe0);
      if (index === 0) this.#emitConstant(code, patch.limit, "f32");
    }
    if (kept.length > 1) emitSimd(code, 0xe6);
    emitSimd(code, 0x44);
    const mask = this.addLocal(valueType.v128);
    emitLocal(code, op.localTee, mask);
    emitSimd(code, simd.anyTrue);
    code.push(op.if, op.voidBlock);
    emitLocal(code, op.localGet, result);
    for (let lane = 0; lane < 4; lane++) {
      for (const local of kept) {
        emitLocal(code, op.localGet, local);
        emitSimd(code, simd.f32x4ExtractLane, lane);
        code.push(op.f64Promote);
      }
      code.push(op.call, this.#parts.imports.indexOf(patch.import), op.f32Demote);
      emitSimd(code, simd.f32x4ReplaceLane, lane);
    }
    emitLocal(code, op.localGet, result);
    emitLocal(code, op.localGet, mask);
    emitSimd(code, simd.bitselect);
    emitLocal(code, op.localSet, result);
    code.push(op.end);
    emitLocal(code, op.localGet, result);
  }

  #emitTemporary(code: Code, index: number): number {
    this.#emit(code, index, 0, "f32");
    const local = this.addLocal(valueType.v128);
    emitLocal(code, op.localSet, local);
    return local;
  }

  #emitConstant(code: Code, value: number, lanes: Lanes): void {
    const key = `${lanes} ${Object.is(value, -0) ? "-0" : value}`;
    let local = this.#constants.get(key);
    if (local === undefined) {
      local = this.addLocal(valueType.v128);
      this.#constants.set(key, local);
      emitSimd(this.constantCode, simd.const, ...constantBytes(value, lanes, this.#parts.integers));
      emitLocal(this.constantCode, op.localSet, local);
    }
    emitLocal(code, op.localGet, local);
  }

  #countOf(index: number): number {
    const { node } = this.#parts.steps[index] as Step;
    if (node.kind !== "number") throw new TypeError("formula: bits are shifted by constants only");
    return node.value;
  }
}

function constantBytes(value: number, lanes: Lanes, integers: boolean): Uint8Array {
  if (lanes === "m32" || lanes === "m64") return new Uint8Array(16).fill(value === 0 ? 0 : 255);
  const view = new DataView(new ArrayBuffer(16));
  for (let at = 0; at < 16; at += lanes === "f64" ? 8 : 4) {
    if (lanes === "f64") view.setFloat64(at, value, true);
    else if (integers) view.setInt32(at, value, true);
    else view.setFloat32(at, value, true);
  }
  return new Uint8Array(view.buffer);
}
