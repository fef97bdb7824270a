export type { LibraryChoice } from "./library.ts";
export { type NativeBlas, type NativeOptions, nativeLibrary, useNative } from "./native.ts";
