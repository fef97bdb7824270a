import type { Storage } from "./storage.ts";

let current: Storage[] | undefined;

/** Tells the innermost open scope of a new storage. */
export function recordAllocation(storage: Storage): void {
  if (current !== undefined) current.push(storage);
}

interface Held {
  readonly storage: Storage;
}

/**
 * Runs `body` and gives back at its end the memory of every tensor made inside, except those it returns (also inside
 * arrays, maps, sets and plain objects) and those marked with `keep`. Never needed; it saves the copy that moving a
 * forgotten tensor out of WebAssembly memory costs.
 *
 * @example
 * const y = scope(() => {
 *   const x = tensor([1, 2, 3]);
 *   return x.mul(x).sum();
 * });
 * y.item(); // => 14
 */
export function scope<T>(body: () => T): T {
  const outer = current;
  const mine: Storage[] = [];
  current = mine;
  let returned: Storages = nothing;
  try {
    const result = body();
    if (result instanceof Promise) {
      throw new TypeError("scope: the body must not be async: its memory would be given back before it ends");
    }
    returned = storagesOf(result);
    return result;
  } finally {
    current = outer;
    for (let i = 0; i < mine.length; i++) {
      const storage = mine[i] as Storage;
      if (returned.has(storage)) outer?.push(storage);
      else if (!storage.kept) storage.dispose();
    }
  }
}

interface Storages {
  has(storage: Storage): boolean;
}

const nothing: Storages = { has: () => false };

/** The memory of everything that a body returned. */
function storagesOf(result: unknown): Storages {
  if (typeof result !== "object" || result === null) return nothing;
  if (isHeld(result)) return { has: (storage) => storage === result.storage };
  const found = new Set<Storage>();
  collect(result, found, new Set());
  return found;
}

/** Lifts a tensor out of every scope around it: it stays until nobody refers to it. */
export function keep<T extends Held>(tensor: T): T {
  tensor.storage.kept = true;
  return tensor;
}

/** Runs `body`, which is handed the list of the storages it allocates, and returns both; nothing is given back. */
export function trackAllocations<T>(body: (allocated: readonly Storage[]) => T): {
  result: T;
  allocated: readonly Storage[];
} {
  const outer = current;
  const allocated: Storage[] = [];
  current = allocated;
  try {
    return { result: body(allocated), allocated };
  } finally {
    current = outer;
    if (outer !== undefined) for (const storage of allocated) outer.push(storage);
  }
}

const isHeld = (value: object): value is Held => "storage" in value;

function collect(value: unknown, found: Set<Storage>, seen: Set<object>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (isHeld(value)) found.add(value.storage);
  else for (const item of partsOf(value)) collect(item, found, seen);
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) return value;
  return Object.getPrototypeOf(value) === Object.prototype ? Object.values(value) : [];
}
