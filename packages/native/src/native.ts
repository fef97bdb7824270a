import { useGemm } from "@dl/tensor";
import { type Blas, findBlas, installAdvice, type LibraryChoice } from "./library.ts";
import { gemmThrough } from "./products.ts";

export interface NativeOptions extends LibraryChoice {
  /** Threads of the library. Default 1, where the library has a setting for them. */
  readonly threads?: number;
}

/** The library that is in use. */
export interface NativeBlas {
  /** As it was found: a path, or a name that the system looks up. */
  readonly library: string;
  /** What it says of itself: version, kernels, processor; empty where it says nothing. */
  readonly config: string;
  /** undefined where the library decides by itself. */
  readonly threads: number | undefined;
  /** Goes back to what multiplied before. */
  stop(): void;
}

/**
 * Lets OpenBLAS, or Accelerate on macOS, multiply the float32 matrices of the WebAssembly device from now on: `matmul` in
 * all its forms, linear layers, convolutions as products with columns. `useNative(false)` goes back to the library's own
 * kernels. Node only; nothing else changes, and nothing is copied: the library reads WebAssembly memory.
 *
 * Sums are in the order of that library: results differ from those of the own kernels in the last bits.
 *
 * Errors: no library is found, or the one that was named is none; threads that cannot be set.
 *
 * @example
 * const blas = nativeLibrary() === undefined ? undefined : useNative();
 * matmul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])).tolist(); // => [[19, 22], [43, 50]]
 * blas?.stop();
 */
export function useNative(options?: NativeOptions): NativeBlas;
export function useNative(options: false): undefined;
export function useNative(options: NativeOptions | false = {}): NativeBlas | undefined {
  if (options === false) {
    useGemm();
    return undefined;
  }
  const { threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1))
    throw new RangeError(`useNative: threads must be a whole number from 1 on, got ${threads}`);
  const blas = findBlas(options);
  if (blas === undefined) throw new Error(`useNative: no BLAS library is found; ${installAdvice()}`);
  const set = chooseThreads(blas, threads);
  const before = useGemm(gemmThrough(blas.sgemm));
  return { library: blas.library, config: blas.config, threads: set, stop: () => void useGemm(before) };
}

/**
 * The BLAS library that {@link useNative} would use, or undefined where there is none.
 *
 * Errors: a library that was named, by the option or by `DL_BLAS`, and cannot be loaded.
 *
 * @example
 * typeof (nativeLibrary() ?? "none is installed"); // => "string"
 */
export const nativeLibrary = (choice: LibraryChoice = {}): string | undefined => findBlas(choice)?.library;

function chooseThreads({ library, setThreads }: Blas, wanted: number | undefined): number | undefined {
  if (setThreads === undefined) {
    if (wanted !== undefined) throw new Error(`useNative: ${library} has no setting for threads, asked for ${wanted}`);
    return undefined;
  }
  const threads = wanted ?? 1;
  setThreads(threads);
  return threads;
}
