/** Element types. `bool` is stored as one byte, 0 or 1. Indices are `int32` (PyTorch's are int64). */
export type DType = "float32" | "float64" | "int32" | "uint8" | "bool";

/** The arrays that hold elements. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, uint8: 1, bool: 1 };

/** Narrowest first; PyTorch's promotion lattice is a chain for these types. */
const order: readonly DType[] = ["bool", "uint8", "int32", "float32", "float64"];

/** Whether `text` names a dtype. */
export const isDType = (text: string): text is DType => order.some((name) => name === text);

/** Throws unless `dtype` is one: plain JavaScript may pass anything. */
export function checkIsDType(who: string, dtype: DType): void {
  if (!isDType(dtype)) throw new TypeError(`${who}: dtype must be ${order.join(", ")}: got ${String(dtype)}`);
}

export const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

/** The smallest type that both fit in: `promoteTypes("int32", "float32")` is `"float32"`. */
export const promoteTypes = (a: DType, b: DType): DType => (order.indexOf(a) >= order.indexOf(b) ? a : b);

/** A zeroed array of `size` elements. Throws a RangeError where the engine has no array as long. */
export function newArray(dtype: DType, size: number): TypedArray {
  try {
    return allocated(dtype, size);
  } catch (cause) {
    throw new RangeError(`memory: ${size} elements of ${dtype} (${size * bytesPerElement[dtype]} bytes) do not fit`, {
      cause,
    });
  }
}

function allocated(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(size);
    case "float64":
      return new Float64Array(size);
    case "int32":
      return new Int32Array(size);
    default:
      return new Uint8Array(size);
  }
}

/** A view of `size` elements of `buffer` from byte `address` on. */
export function viewArray(dtype: DType, buffer: ArrayBufferLike, address: number, size: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer, address, size);
    case "float64":
      return new Float64Array(buffer, address, size);
    case "int32":
      return new Int32Array(buffer, address, size);
    default:
      return new Uint8Array(buffer, address, size);
  }
}

const stored: Readonly<Record<string, DType>> = {
  Float32Array: "float32",
  Float64Array: "float64",
  Int32Array: "int32",
  Uint8Array: "uint8",
};

/** The dtype a plain typed array stands for. Throws for a kind that none has. */
export function dtypeOf(array: TypedArray): DType {
  const kind = array[Symbol.toStringTag];
  const dtype = stored[kind];
  if (dtype !== undefined) return dtype;
  throw new TypeError(`tensor: takes ${Object.keys(stored).join(", ")}, got ${kind ?? "a DataView"}: convert it first`);
}

/** What promotion looks at: an operand's dtype, its rank, and whether it began as a plain number. */
export interface Operand {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly isNumber: boolean;
}

const categoryOf = (dtype: DType): number => (dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1);

/**
 * PyTorch's result type: tensors with dimensions decide; 0-d tensors, then plain numbers, count only where they bring
 * a higher category (bool, integer, float).
 */
export function resultType(operands: readonly Operand[]): DType {
  const plain = plainFloat(operands);
  if (plain !== undefined) return plain;
  const ranks: (DType | undefined)[] = [undefined, undefined, undefined];
  for (const operand of operands) {
    const rank = operand.isNumber ? 2 : operand.shape.length === 0 ? 1 : 0;
    const seen = ranks[rank];
    ranks[rank] = seen === undefined ? operand.dtype : promoteTypes(seen, operand.dtype);
  }
  let result: DType | undefined;
  for (const dtype of ranks) {
    if (dtype === undefined) continue;
    if (result === undefined || categoryOf(dtype) > categoryOf(result)) result = dtype;
  }
  return result ?? "float32";
}

/** What comes out almost always: the float type that all tensors share, whatever the numbers beside them. */
function plainFloat(operands: readonly Operand[]): DType | undefined {
  let found: DType | undefined;
  for (let i = 0; i < operands.length; i++) {
    const { isNumber, dtype } = operands[i] as Operand;
    if (isNumber) continue;
    if (found === undefined && isFloat(dtype)) found = dtype;
    else if (found !== dtype) return undefined;
  }
  return found;
}
