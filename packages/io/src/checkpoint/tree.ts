import { type DType, Tensor, type TypedArray, tensor } from "@dl/tensor";
import { bytesOf, type StoredEntry, storedDType } from "../stored.ts";

/** State as it comes out of a checkpoint: plain records and lists of tensors, arrays, numbers, texts. */
export type CheckpointValue =
  | Tensor
  | TypedArray
  | number
  | string
  | boolean
  | null
  | undefined
  | readonly CheckpointValue[]
  | CheckpointRecord;

export interface CheckpointRecord {
  readonly [name: string]: CheckpointValue;
}

/** A tree as JSON can hold it, where tensors and arrays are names of entries. `$` marks what JSON has no words for. */
export type Outline = null | boolean | number | string | readonly Outline[] | { readonly [name: string]: Outline };

/** Parts a tree into its outline and the entries that hold its elements, named by their path. */
export function flatten(
  who: string,
  tree: unknown,
): { outline: Outline; entries: Record<string, Tensor | StoredEntry> } {
  const entries = new Map<string, Tensor | StoredEntry>();
  const add = (path: string, entry: Tensor | StoredEntry): string => {
    let name = path;
    while (entries.has(name)) name += "'";
    entries.set(name, entry);
    return name;
  };
  const visit = (value: unknown, path: string): Outline => {
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (typeof value === "number")
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: "number", text: numberText(value) };
    if (value === undefined) return { $: "undefined" };
    if (value instanceof Tensor) return { $: "tensor", entry: add(path, value.detach()) };
    if (isTypedArray(value)) return { $: "array", entry: add(path, arrayEntry(value)) };
    if (Array.isArray(value)) return Array.from(value, (item: unknown, i) => visit(item, join(path, String(i))));
    if (isPlain(value)) {
      const fields = Object.entries(value).map(([name, item]) => [name, visit(item, join(path, name))] as const);
      const record = Object.fromEntries(fields);
      return Object.hasOwn(value, "$") ? { $: "record", fields: record } : record;
    }
    const what = typeof value === "object" ? `a ${value.constructor.name}` : `a ${typeof value}`;
    throw new TypeError(
      `${who}: ${path} is ${what}: a checkpoint holds tensors, arrays of numbers, numbers, texts, lists and plain records`,
    );
  };
  const outline = visit(tree, "");
  return { outline, entries: Object.fromEntries(entries) };
}

/** The tree of an outline. */
export function unflatten(
  where: string,
  outline: Outline,
  load: (entry: string) => Tensor | undefined,
): CheckpointValue {
  const tensorOf = (entry: Outline | undefined): Tensor => {
    const found = typeof entry === "string" ? load(entry) : undefined;
    if (found === undefined)
      throw new Error(`${where}: its outline names an entry that is missing: ${JSON.stringify(entry)}`);
    return found;
  };
  const visit = (value: Outline): CheckpointValue => {
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map(visit);
    const { $: mark } = value;
    if (mark === undefined) return fieldsOf(value);
    if (mark === "undefined") return undefined;
    if (mark === "number") return Number(value["text"]);
    if (mark === "tensor") return tensorOf(value["entry"]);
    if (mark === "array") return tensorOf(value["entry"]).detach().toArray();
    const { fields } = value;
    if (mark === "record" && typeof fields === "object" && fields !== null && !isList(fields)) return fieldsOf(fields);
    throw new Error(`${where}: its outline has an unknown mark: ${JSON.stringify(mark)}`);
  };
  const fieldsOf = (record: { readonly [name: string]: Outline }): CheckpointRecord =>
    Object.fromEntries(Object.entries(record).map(([name, item]) => [name, visit(item)]));
  return visit(outline);
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

const numberText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

const isList = (value: Outline): value is readonly Outline[] => Array.isArray(value);

const isTypedArray = (value: unknown): value is TypedArray =>
  value instanceof Uint8Array ||
  value instanceof Float32Array ||
  value instanceof Float64Array ||
  value instanceof Int32Array;

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A copy of an array as an entry with one dimension. */
function arrayEntry(values: TypedArray): StoredEntry {
  const bytes = bytesOf(values).slice();
  return { dtype: storedDType[dtypeOf(values)], shape: [values.length], bytes: () => Promise.resolve(bytes) };
}

function dtypeOf(values: TypedArray): DType {
  if (values instanceof Float32Array) return "float32";
  if (values instanceof Float64Array) return "float64";
  return values instanceof Int32Array ? "int32" : "uint8";
}

/** A copy of a state's tensors and arrays, so that what happens to the originals does not show. */
export async function copyOf(value: unknown): Promise<unknown> {
  if (value instanceof Tensor) {
    const { shape, dtype, device } = value;
    return tensor(await value.read(), { shape, dtype, device });
  }
  if (isTypedArray(value)) return value.slice();
  if (Array.isArray(value)) return await Promise.all(value.map(copyOf));
  if (!isPlain(value)) return value;
  const fields = Object.entries(value).map(async ([name, item]) => [name, await copyOf(item)] as const);
  return Object.fromEntries(await Promise.all(fields));
}
