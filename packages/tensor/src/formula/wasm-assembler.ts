/** The binary format of WebAssembly, as far as formula kernels need it: https://webassembly.github.io/spec/core/binary/ */

/** Bytes under construction. */
export type Code = number[];

/** Types of values. */
export const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** Instructions of one byte. */
export const op = {
  if: 0x04,
  else: 0x05,
  loop: 0x03,
  end: 0x0b,
  return: 0x0f,
  branchIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Equal: 0x46,
  i32LessUnsigned: 0x49,
  i32GreaterUnsigned: 0x4b,
  i32Eqz: 0x45,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32ShiftLeft: 0x74,
  i32ShiftRightUnsigned: 0x76,
  f32Demote: 0xb6,
  f64Promote: 0xbb,
  voidBlock: 0x40,
} as const;

/** Instructions behind the SIMD prefix. */
export const simd = {
  load: 0x00,
  load8Splat: 0x07,
  load32Splat: 0x09,
  store: 0x0b,
  const: 0x0c,
  shuffle: 0x0d,
  i32x4Splat: 0x11,
  f32x4Splat: 0x13,
  f32x4ExtractLane: 0x1f,
  f32x4ReplaceLane: 0x20,
  and: 0x4e,
  bitselect: 0x52,
  anyTrue: 0x53,
  load8Lane: 0x54,
  load32Lane: 0x56,
  store8Lane: 0x58,
  store32Lane: 0x5a,
  load32Zero: 0x5c,
  demote: 0x5e,
  promote: 0x5f,
  i8x16Narrow: 0x65,
  i16x8Narrow: 0x85,
  i16x8ExtendLow: 0x89,
  i32x4ExtendLow: 0xa9,
  f32x4Convert: 0xfa,
} as const;

/** A type of function: parameters and results. */
export interface Signature {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

/** A module that imports `env.memory` and functions of `env`, and exports one function as `run`. */
export interface ModuleParts {
  readonly imports: readonly { readonly name: string; readonly signature: Signature }[];
  readonly sharedMemory: boolean;
  readonly signature: Signature;
  /** Types of the locals after the parameters. */
  readonly locals: readonly number[];
  readonly body: Code;
}

/** The module's bytes. */
export function assemble({ imports, sharedMemory, signature, locals, body }: ModuleParts): Uint8Array<ArrayBuffer> {
  const signatures = [...imports.map((one) => one.signature), signature];
  const types = signatures.map(({ params, results }) => [
    0x60,
    ...vector(params.map(one)),
    ...vector(results.map(one)),
  ]);
  const limits = sharedMemory ? [0x03, 0x00, ...leb(65536)] : [0x00, 0x00];
  const functionImports = imports.map(({ name }, type) => [...text("env"), ...text(name), 0x00, ...leb(type)]);
  const code = [...vector(runs(locals)), ...body, op.end];
  return Uint8Array.from([
    ...header,
    ...section(1, vector(types)),
    ...section(2, vector([[...text("env"), ...text("memory"), 0x02, ...limits], ...functionImports])),
    ...section(3, vector([leb(imports.length)])),
    ...section(7, vector([[...text("run"), 0x00, ...leb(imports.length)]])),
    ...section(10, vector([[...leb(code.length), ...code]])),
  ]);
}

/** `\0asm`, version 1. */
const header: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Appends a SIMD instruction. */
export function emitSimd(code: Code, opcode: number, ...immediates: readonly number[]): void {
  code.push(0xfd);
  if (opcode < 0x80) code.push(opcode);
  else code.push((opcode & 0x7f) | 0x80, opcode >> 7);
  code.push(...immediates);
}

/** Appends `local.get`, `local.set` or `local.tee`. */
export function emitLocal(code: Code, opcode: number, local: number): void {
  code.push(opcode, ...leb(local));
}

/** Appends a small `i32.const`. */
export function emitInt(code: Code, value: number): void {
  code.push(op.i32Const, ...signedLeb(value));
}

/** An unsigned number in LEB128. */
export function leb(value: number): Code {
  const bytes: Code = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
}

/** A signed number in LEB128. */
function signedLeb(value: number): Code {
  const bytes: Code = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest & 0x7f);
  return bytes;
}

function one(byte: number): Code {
  return [byte];
}

function section(id: number, contents: Code): Code {
  return [id, ...leb(contents.length), ...contents];
}

function vector(items: readonly Code[]): Code {
  return [...leb(items.length), ...items.flat()];
}

function text(word: string): Code {
  return [...leb(word.length), ...Array.from(word, (letter) => letter.charCodeAt(0))];
}

/** Locals as pairs of a count and a type. */
function runs(types: readonly number[]): Code[] {
  const result: { count: number; type: number }[] = [];
  for (const type of types) {
    const last = result.at(-1);
    if (last?.type === type) last.count += 1;
    else result.push({ count: 1, type });
  }
  return result.map(({ count, type }) => [...leb(count), type]);
}
