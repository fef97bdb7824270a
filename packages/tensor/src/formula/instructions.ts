import type { FunctionName, MachineWord } from "./names.ts";

/** The opcodes behind the SIMD prefix of one word, for 4 lanes of 32 bits and for 2 lanes of 64 bits. */
export interface Instruction {
  readonly narrow: number;
  readonly wide: number;
}

export const plus: Instruction = { narrow: 0xe4, wide: 0xf0 };
export const times: Instruction = { narrow: 0xe6, wide: 0xf2 };
/** `x * y + z`, rounded once where the processor can: relaxed SIMD. */
export const multiplyAdd: Instruction = { narrow: 0x105, wide: 0x107 };

/** Words that are one instruction on numbers. */
export const arithmetic: Partial<Readonly<Record<FunctionName | MachineWord, Instruction>>> = {
  add: plus,
  sub: { narrow: 0xe5, wide: 0xf1 },
  mul: times,
  div: { narrow: 0xe7, wide: 0xf3 },
  min: { narrow: 0xe8, wide: 0xf4 },
  max: { narrow: 0xe9, wide: 0xf5 },
  pmin: { narrow: 0xea, wide: 0xf6 },
  pmax: { narrow: 0xeb, wide: 0xf7 },
  abs: { narrow: 0xe0, wide: 0xec },
  neg: { narrow: 0xe1, wide: 0xed },
  sqrt: { narrow: 0xe3, wide: 0xef },
  ceil: { narrow: 0x67, wide: 0x74 },
  floor: { narrow: 0x68, wide: 0x75 },
  trunc: { narrow: 0x69, wide: 0x7a },
  round: { narrow: 0x6a, wide: 0x94 },
  bits: { narrow: 0x4e, wide: 0x4e },
  orBits: { narrow: 0x50, wide: 0x50 },
  xorBits: { narrow: 0x51, wide: 0x51 },
  addBits: { narrow: 0xae, wide: 0xce },
  subBits: { narrow: 0xb1, wide: 0xd1 },
};

/** Shifts of the bits by a constant count. */
export const shifts: Partial<Readonly<Record<FunctionName | MachineWord, Instruction>>> = {
  shiftLeftBits: { narrow: 0xab, wide: 0xcb },
  shiftRightBits: { narrow: 0xac, wide: 0xcc },
};

/** Words that compare numbers and give a mask. */
export const comparisons: Partial<Readonly<Record<FunctionName | MachineWord, Instruction>>> = {
  eq: { narrow: 0x41, wide: 0x47 },
  ne: { narrow: 0x42, wide: 0x48 },
  lt: { narrow: 0x43, wide: 0x49 },
  gt: { narrow: 0x44, wide: 0x4a },
  le: { narrow: 0x45, wide: 0x4b },
  ge: { narrow: 0x46, wide: 0x4c },
};

/** Words that combine masks. */
export const logic: Partial<Readonly<Record<FunctionName | MachineWord, number>>> = { not: 0x4d, and: 0x4e, or: 0x50 };

/** Words on 32-bit integers, which wrap. Comparisons give a mask. */
export const integerWords: Partial<Readonly<Record<FunctionName | MachineWord, number>>> = {
  add: 0xae,
  sub: 0xb1,
  mul: 0xb5,
  min: 0xb6,
  max: 0xb8,
  neg: 0xa1,
  abs: 0xa0,
  eq: 0x37,
  ne: 0x38,
  lt: 0x39,
  gt: 0x3b,
  le: 0x3d,
  ge: 0x3f,
};

/** A function of `env` that repairs the few lanes which a formula cannot reach, such as sines of huge angles. */
export interface Patch {
  readonly import: "sin" | "cos" | "tan" | "fmod";
  /** The lanes to repair are those where `|x|` is above the limit, times `|y|` where there is a second argument. */
  readonly limit: number;
}

export const patches: Partial<Readonly<Record<FunctionName | MachineWord, Patch>>> = {
  patchSin: { import: "sin", limit: 1048576 },
  patchCos: { import: "cos", limit: 1048576 },
  patchTan: { import: "tan", limit: 1048576 },
  patchFmod: { import: "fmod", limit: 268435456 },
};

/** True for a word that the emitter knows. */
export function isInstruction(fn: FunctionName | MachineWord): boolean {
  return (
    [arithmetic, shifts, comparisons, logic, patches].some((table) => Object.hasOwn(table, fn)) ||
    fn === "wide" ||
    fn === "narrow" ||
    fn === "pick" ||
    fn === "madd"
  );
}
