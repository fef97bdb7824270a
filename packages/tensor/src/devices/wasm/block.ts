import { bytesPerElement, type DType, type TypedArray } from "../../dtype.ts";
import { classSize } from "./places.ts";

/**
 * The elements of one storage: at an address of WebAssembly memory, or moved out to an ordinary array, where they are
 * the garbage collector's business. The heap holds blocks that have an address, and forgets the others. One that is
 * given back is the block of the next storage of its class.
 */
export class Block {
  dtype: DType;
  size: number;
  /** Bytes of its place, a class size. */
  readonly bytes: number;
  /** -1 while moved out. */
  address = -1;
  moved: TypedArray | undefined;
  /** Whether a kernel touched it since the hand last passed. */
  used = true;
  /** The turn of the heap in which a kernel asked for it last: it stays in place until the next. */
  turn = -1;
  lease: Lease | undefined;
  view: TypedArray | undefined;
  next: Block | undefined;
  previous: Block | undefined;

  constructor(dtype: DType, size: number) {
    this.dtype = dtype;
    this.size = size;
    this.bytes = classSize(size * bytesPerElement[dtype]);
  }
}

/** What the finalization registry holds: it reaches the block only while that has an address. */
export interface Lease {
  block: Block | undefined;
}
