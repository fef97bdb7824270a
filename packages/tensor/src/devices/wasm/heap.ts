import { bytesPerElement, type DType, newArray, type TypedArray, viewArray } from "../../dtype.ts";
import { Block, type Lease } from "./block.ts";
import { checkLimits, gibibyte, type MemoryLimits, type MemoryStats, machineMemory, mebibyte } from "./limits.ts";
import { classes, classOf, classSize, Places } from "./places.ts";

const page = 65536;
/** Pages of 4 GiB. */
const most = 65536;
/** Below this, finalization costs more than the copy it saves. */
const leasedFrom = 65536;
/** Bytes at the start of memory that kernels use for short tables. */
const reserved = 4096;
/** As many blocks as memory holds at first: beyond that, keeping book of small ones costs more than moving them out. */
const fewBlocks = 2048;

/**
 * WebAssembly memory with a budget. When it is full, a clock hand moves the blocks that have not been used for longest
 * out to ordinary arrays, a quarter of the budget at a time; what is still needed comes back when a kernel asks for it.
 */
export class Heap {
  memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 16, maximum: most });
  readonly #places = new Places(reserved);
  /** Given back, with their places, by class. */
  readonly #spares: Block[][] = Array.from({ length: classes }, () => []);
  readonly #registry = new FinalizationRegistry<Lease>((lease) => {
    if (lease.block !== undefined) this.free(lease.block);
  });
  #hand: Block | undefined;
  #live = 0;
  #peak = 0;
  #movedOut = 0;
  #copiedBack = 0;
  #backThisTurn = 0;
  #passedThisTurn = 0;
  #blocksBackThisTurn = 0;
  #blocksPassedThisTurn = 0;
  #blocks = 0;
  #most = fewBlocks;
  #turn = 0;
  /** The whole memory, renewed when it grows. */
  #floats: Float32Array = new Float32Array(this.memory.buffer);
  #budget: number;
  #ceiling: number;

  constructor({ budget = 64 * mebibyte, ceiling = Math.min(machineMemory() / 2, 3.5 * gibibyte) }: MemoryLimits = {}) {
    this.#budget = Math.min(budget, ceiling);
    this.#ceiling = ceiling;
  }

  stats(): MemoryStats {
    return {
      live: this.#live,
      peak: this.#peak,
      budget: this.#budget,
      ceiling: this.#ceiling,
      movedOut: this.#movedOut,
      copiedBack: this.#copiedBack,
    };
  }

  /** Takes other limits from now on; what lies beyond a smaller budget moves out once its room is needed. */
  limit({ budget, ceiling = this.#ceiling }: MemoryLimits): void {
    checkLimits(budget, ceiling);
    this.#dropSpares();
    this.#budget = Math.min(budget ?? this.#budget, ceiling);
    this.#ceiling = ceiling;
  }

  get isShared(): boolean {
    return typeof SharedArrayBuffer === "function" && this.memory.buffer instanceof SharedArrayBuffer;
  }

  /**
   * Moves everything to memory that threads can share, at the same addresses; throws where there is none. Kernels are as
   * fast there, but engines copy to and from it a quarter to a third slower, so it is not how a heap begins.
   */
  share(): void {
    if (this.isShared) return;
    const initial = this.memory.buffer.byteLength / page;
    const memory = new WebAssembly.Memory({ initial, maximum: most, shared: true });
    const floats = new Float32Array(memory.buffer);
    floats.set(this.#floats);
    this.memory = memory;
    this.#floats = floats;
  }

  /** A block with an address, contents undefined. `owner` is what keeps it alive. */
  allocate(dtype: DType, size: number, owner: object): Block {
    this.#turn++;
    const block = this.#place(dtype, size);
    this.#lease(block, owner);
    return block;
  }

  /** A block outside WebAssembly memory if it is large, else a copy inside. */
  upload(dtype: DType, data: TypedArray, owner: object): Block {
    if (classSize(data.length * bytesPerElement[dtype]) > this.#budget / 4) {
      const outside = new Block(dtype, data.length);
      outside.moved = sliceAs(dtype, data);
      return outside;
    }
    const block = this.allocate(dtype, data.length, owner);
    this.data(block).set(data);
    return block;
  }

  /** The elements, wherever they are. */
  data(block: Block): TypedArray {
    if (block.moved !== undefined) return block.moved;
    block.used = true;
    const { view } = block;
    if (view !== undefined && view.buffer === this.#floats.buffer) return view;
    block.view = viewArray(block.dtype, this.#floats.buffer, block.address, block.size);
    return block.view;
  }

  /** Lets go of the operands of the last kernel. */
  begin(): void {
    this.#turn++;
  }

  /**
   * Gets an operand of the kernel that runs next to an address, where it stays until the next `begin` or allocation.
   * False where it was moved out and is too large to come back: half the budget is for one operand at most.
   */
  hold(block: Block, owner: object): boolean {
    block.used = true;
    block.turn = this.#turn;
    if (block.moved === undefined) return true;
    if (block.bytes > this.#budget / 2) return false;
    this.#bringIn(block, block.moved, owner);
    return true;
  }

  #bringIn(block: Block, moved: TypedArray, owner: object): void {
    this.#copiedBack += block.bytes;
    this.#backThisTurn += block.bytes;
    this.#blocksBackThisTurn++;
    this.#thin();
    this.#settle(block);
    block.moved = undefined;
    this.#lease(block, owner);
    this.data(block).set(moved);
  }

  /** Gives the block and its place back; the elements are gone. */
  free(block: Block): void {
    block.moved = undefined;
    if (block.address < 0) return;
    this.#release(block);
    this.#spares[classOf(block.bytes)]?.push(block);
  }

  /** Runs `body` with the address of `bytes` that nobody else uses meanwhile. */
  withScratch<T>(bytes: number, body: (address: number) => T): T {
    const block = this.#place("uint8", bytes);
    block.turn = this.#turn;
    try {
      return body(block.address);
    } finally {
      this.free(block);
    }
  }

  #lease(block: Block, owner: object): void {
    if (block.bytes < leasedFrom) return;
    block.lease = { block };
    this.#registry.register(owner, block.lease, block.lease);
  }

  /** A block with an address: one that was given back, or a new one. */
  #place(dtype: DType, size: number): Block {
    this.#thin();
    const spare = this.#spares[classOf(size * bytesPerElement[dtype])]?.pop();
    if (spare === undefined) {
      const block = new Block(dtype, size);
      this.#settle(block);
      return block;
    }
    if (spare.dtype !== dtype || spare.size !== size) {
      spare.dtype = dtype;
      spare.size = size;
      spare.view = undefined;
    }
    spare.used = true;
    this.#count(spare);
    return spare;
  }

  #settle(block: Block): void {
    if (block.bytes > this.#ceiling) throw this.#tooLarge(block.bytes);
    block.address = this.#find(block.bytes);
    block.used = true;
    this.#link(block);
    this.#count(block);
  }

  #count({ bytes }: Block): void {
    this.#blocks++;
    this.#live += bytes;
    if (this.#live > this.#peak) this.#peak = this.#live;
  }

  /** Makes room where there are too many blocks to keep book of. */
  #thin(): void {
    if (this.#blocks >= this.#most) this.#moveOut(0, this.#most / 4);
  }

  #find(bytes: number): number {
    if (bytes > this.#budget / 4) this.#budget = Math.min(this.#ceiling, Math.max(this.#budget, 4 * bytes));
    for (;;) {
      const address = this.#take(bytes) ?? (this.#dropSpares() ? this.#take(bytes) : undefined);
      if (address !== undefined) return address;
      const freed = this.#moveOut(Math.max(this.#budget / 4, bytes));
      const again = this.#take(bytes);
      if (again !== undefined) return again;
      if (freed === 0 || this.#budget < this.#ceiling) this.#grow(bytes);
    }
  }

  /** A free place; the memory grows where it reaches beyond. What the engine does not give is the ceiling from then on. */
  #take(bytes: number): number | undefined {
    const address = this.#places.take(bytes, this.#budget);
    const missing = this.#places.top - this.#floats.byteLength;
    if (address === undefined || missing <= 0) return address;
    const pages = Math.ceil(missing / page);
    const isGrown =
      this.#cover(Math.max(pages, Math.min(256, most - this.#floats.byteLength / page))) || this.#cover(pages);
    if (isGrown) return address;
    this.#places.top = address;
    this.#ceiling = this.#floats.byteLength;
    this.#budget = Math.min(this.#budget, this.#ceiling);
    return undefined;
  }

  #cover(pages: number): boolean {
    try {
      this.memory.grow(pages);
    } catch {
      return false;
    }
    this.#floats = new Float32Array(this.memory.buffer);
    return true;
  }

  #grow(bytes: number): void {
    if (this.#budget >= this.#ceiling) throw this.#tooLarge(bytes);
    this.#budget = Math.min(this.#ceiling, Math.floor(this.#budget * 1.5));
  }

  #tooLarge(bytes: number): RangeError {
    return new RangeError(`memory: ${bytes} bytes do not fit: ${this.#live} are live and ${this.#ceiling} allowed`);
  }

  /** Moves out at least so many bytes and blocks, or what two turns of the hand find. Returns the bytes freed. */
  #moveOut(bytes: number, blocks = 0): number {
    this.#dropSpares();
    let freed = 0;
    let moved = 0;
    let steps = 2 * this.#blocks + 1;
    while ((freed < bytes || moved < blocks) && this.#hand !== undefined && steps-- > 0) {
      const block = this.#hand;
      this.#hand = block.next;
      this.#pass(block.bytes);
      if (block.turn === this.#turn) continue;
      if (block.used) {
        block.used = false;
        continue;
      }
      block.moved = this.#copyOf(block);
      this.#movedOut += block.bytes;
      freed += block.bytes;
      moved++;
      this.#release(block);
      this.#leave(block);
    }
    return freed;
  }

  /** A typed array's `set` and the view that it needs cost more than a few elements one by one. */
  #copyOf({ dtype, size, address }: Block): TypedArray {
    const copy = newArray(dtype, size);
    if (dtype !== "float32" || size > 64) {
      copy.set(viewArray(dtype, this.#floats.buffer, address, size));
      return copy;
    }
    const from = address / 4;
    for (let i = 0; i < size; i++) copy[i] = this.#floats[from + i] as number;
    return copy;
  }

  /** Counts what the hand passed; after a turn in which much came back, there was too little room. */
  #pass(bytes: number): void {
    this.#passedThisTurn += bytes;
    this.#blocksPassedThisTurn++;
    if (this.#passedThisTurn < this.#budget && this.#blocksPassedThisTurn < this.#most) return;
    if (this.#backThisTurn > this.#budget / 10) this.#budget = Math.min(this.#ceiling, Math.floor(this.#budget * 1.5));
    if (this.#blocksBackThisTurn > this.#most / 10) this.#most = Math.floor(this.#most * 1.5);
    this.#passedThisTurn = 0;
    this.#backThisTurn = 0;
    this.#blocksPassedThisTurn = 0;
    this.#blocksBackThisTurn = 0;
  }

  /** Puts a block just behind the hand: the last to be looked at. */
  #link(block: Block): void {
    const hand = this.#hand;
    if (hand === undefined) {
      block.next = block;
      block.previous = block;
      this.#hand = block;
      return;
    }
    const before = hand.previous as Block;
    block.next = hand;
    block.previous = before;
    before.next = block;
    hand.previous = block;
  }

  /** Its elements are not here any more. */
  #release(block: Block): void {
    this.#blocks--;
    this.#live -= block.bytes;
    if (block.lease === undefined) return;
    block.lease.block = undefined;
    this.#registry.unregister(block.lease);
    block.lease = undefined;
  }

  /** Takes a released block out of the circle and its place back. */
  #leave(block: Block): void {
    const { next, previous } = block;
    if (this.#hand === block) this.#hand = next === block ? undefined : next;
    if (next !== undefined && previous !== undefined) {
      previous.next = next;
      next.previous = previous;
    }
    block.next = undefined;
    block.previous = undefined;
    this.#places.give(block.address, block.bytes);
    block.address = -1;
    block.view = undefined;
  }

  /** Takes back the places of all spare blocks, for blocks of other classes; whether there were any. */
  #dropSpares(): boolean {
    let dropped = false;
    for (const spares of this.#spares) {
      for (const block of spares) this.#leave(block);
      dropped ||= spares.length > 0;
      spares.length = 0;
    }
    return dropped;
  }
}

function sliceAs(dtype: DType, data: TypedArray): TypedArray {
  const copy = newArray(dtype, data.length);
  copy.set(data);
  return copy;
}
