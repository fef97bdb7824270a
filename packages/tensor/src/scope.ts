import type { Storage } from "./storage.ts";

/** What was allocated in the open scopes: each has the end of the list from where it was opened. */
const allocated: Storage[] = [];
let open = 0;

/** Tells the innermost open scope of a new storage. */
export function recordAllocation(storage: Storage): void {
  if (open > 0) allocated.push(storage);
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
  const start = allocated.length;
  open++;
  let returned: Storage | ReadonlySet<Storage> | undefined;
  try {
    const result = body();
    if (result instanceof Promise) {
      throw new TypeError("scope: the body must not be async: its memory would be given back before it ends");
    }
    returned = storagesOf(result);
    return result;
  } finally {
    let end = start;
    for (let i = start; i < allocated.length; i++) {
      const storage = allocated[i] as Storage;
      if (storage === returned || (returned instanceof Set && returned.has(storage))) allocated[end++] = storage;
      else if (!storage.kept) storage.dispose();
    }
    close(end);
  }
}

/** Closes the innermost scope: what lies before `end` is its outer scope's. */
function close(end: number): void {
  open--;
  while (allocated.length > (open === 0 ? 0 : end)) allocated.pop();
}

/** The memory of everything that a body returned: of one tensor, or of several. */
function storagesOf(result: unknown): Storage | ReadonlySet<Storage> | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  if (isHeld(result)) return result.storage;
  const found = new Set<Storage>();
  collect(result, found, new Set());
  return found;
}

/** Lifts a tensor out of every scope around it: it stays until nobody refers to it. */
export function keep<T extends Held>(tensor: T): T {
  tensor.storage.kept = true;
  return tensor;
}

/** Runs `body` and returns with its result the storages that it allocated; nothing is given back. */
export function trackAllocations<T>(body: () => T): { result: T; allocated: readonly Storage[] } {
  return withAllocations((list) => {
    const start = list.length;
    const result = body();
    return { result, allocated: list.slice(start) };
  });
}

/** Runs `body`, which is handed the list that storages join as it allocates them; nothing is given back. */
export function withAllocations<T>(body: (list: readonly Storage[]) => T): T {
  open++;
  try {
    return body(allocated);
  } finally {
    close(allocated.length);
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
