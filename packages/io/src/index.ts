export { type CheckpointOptions, encodeCheckpoint, loadCheckpoint, saveCheckpoint } from "./checkpoint/checkpoint.ts";
export type { CheckpointParts, RestorableParts, Stateful } from "./checkpoint/parts.ts";
export type { CheckpointRecord, CheckpointValue } from "./checkpoint/tree.ts";
export type { FileInput, SourceOptions } from "./files/source.ts";
export { encodeNpy, readNpy, writeNpy } from "./npy/npy.ts";
export { encodeNpz, type NpzOptions, readNpz, writeNpz } from "./npy/npz.ts";
export type { SafetensorsInfo } from "./safetensors/header.ts";
export { type LoadOptions, openSafetensors, readSafetensors, type SafetensorsFile } from "./safetensors/read.ts";
export {
  encodeSafetensors,
  type SafetensorsEntries,
  type SafetensorsOptions,
  writeSafetensors,
} from "./safetensors/write.ts";
export { type StoredDType, type StoredEntry, storedAs, type WrittenDType } from "./stored.ts";
