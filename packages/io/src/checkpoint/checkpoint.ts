import type { Device } from "@dl/tensor";
import { type FileInput, reason, type SourceOptions } from "../files/source.ts";
import { openSafetensors, type SafetensorsFile } from "../safetensors/read.ts";
import { encodeSafetensors, type SafetensorsOptions, writeEntries } from "../safetensors/write.ts";
import { type CheckpointParts, type RestorableParts, restore, statesOf } from "./parts.ts";
import { type CheckpointRecord, copyOf, flatten, type Outline, unflatten } from "./tree.ts";

/**
 * Writes the state of a run into one file (Node): the state dicts of model, optimizer and scheduler, the states of
 * generators, and plain values such as the place in the data.
 *
 * The state is that of the moment of the call. The file appears at once, complete: until then, when the process is
 * killed, and when something fails, `path` keeps what it held.
 *
 * It is a safetensors file: the tensor `weight` of the part `model` is its entry `model.weight`, and everything that is
 * no tensor is JSON in its metadata. Numbers come back bit for bit, infinities and NaN too.
 * Errors: values that no file can hold, such as functions or Maps; the sentence says where.
 *
 * @example
 * import { tmpdir } from "node:os";
 * const path = `${tmpdir()}/run.checkpoint`;
 * const generator = new Generator(7);
 * await saveCheckpoint(path, { model: { weight: tensor([1, 2]) }, generator, place: { epoch: 3, batch: 40 } });
 * const { place } = await loadCheckpoint(path, { generator });
 * place; // => { epoch: 3, batch: 40 }
 */
export async function saveCheckpoint(path: string, parts: CheckpointParts): Promise<void> {
  const { entries, options } = prepared("saveCheckpoint", parts);
  await writeEntries("saveCheckpoint", path, entries, options);
}

/**
 * The bytes that {@link saveCheckpoint} writes.
 *
 * @example
 * const bytes = await encodeCheckpoint({ best: { loss: Infinity } });
 * const { best } = await loadCheckpoint(bytes);
 * best; // => { loss: Infinity }
 */
export async function encodeCheckpoint(parts: CheckpointParts): Promise<Uint8Array> {
  const { entries, options } = prepared("encodeCheckpoint", parts);
  return await encodeSafetensors(entries, options);
}

export interface CheckpointOptions extends SourceOptions {
  /** Where tensors are made. Default the current device. */
  device?: Device;
}

/**
 * Reads a checkpoint, puts the states of the named `parts` back into them, and returns everything it holds.
 *
 * Errors: a file that is damaged or no checkpoint, a part that it does not hold, a state that does not fit its part;
 * all parts are then as before.
 *
 * @example
 * const bytes = await encodeCheckpoint({ generator: new Generator(1) });
 * const generator = new Generator(2);
 * await loadCheckpoint(bytes, { generator });
 * generator.initialSeed; // => 1
 */
export async function loadCheckpoint(
  input: FileInput,
  parts: RestorableParts = {},
  { device, ...source }: CheckpointOptions = {},
): Promise<CheckpointRecord> {
  const file = await openSafetensors(input, source).catch((cause: unknown) => {
    throw new Error(reason(cause).replace(/^openSafetensors/, "loadCheckpoint"), { cause });
  });
  try {
    const where = `loadCheckpoint: ${file.name}`;
    const outline = outlineOf(where, file);
    const tensors = await file.tensors(device === undefined ? {} : { device });
    const tree = unflatten(where, outline, (name) => (Object.hasOwn(tensors, name) ? tensors[name] : undefined));
    if (!isRecord(tree)) throw new Error(`${where}: its outline is no record of parts`);
    const states = Object.entries(statesOf(parts));
    const before = await Promise.all(states.map(async ([name, state]) => [name, await copyOf(state)] as const));
    restore(where, parts, tree, Object.fromEntries(before));
    return tree;
  } finally {
    await file.close();
  }
}

const outlineKey = "dl.checkpoint";

function prepared(
  who: string,
  parts: CheckpointParts,
): { entries: ReturnType<typeof flatten>["entries"]; options: SafetensorsOptions } {
  const { outline, entries } = flatten(who, statesOf(parts));
  return { entries, options: { metadata: { [outlineKey]: JSON.stringify(outline) } } };
}

function outlineOf(where: string, { metadata }: SafetensorsFile): Outline {
  const text = metadata[outlineKey];
  if (text === undefined)
    throw new Error(`${where}: is no checkpoint: its metadata has no ${outlineKey}; readSafetensors reads its tensors`);
  try {
    return JSON.parse(text) as Outline;
  } catch (cause) {
    throw new Error(`${where}: its outline is no JSON: ${reason(cause)}`, { cause });
  }
}

const isRecord = (tree: unknown): tree is CheckpointRecord =>
  typeof tree === "object" && tree !== null && Object.getPrototypeOf(tree) === Object.prototype;
