import koffi from "koffi";

export interface LibraryChoice {
  /** Path or name of the library. Default the environment's `DL_BLAS`, else OpenBLAS, on macOS Accelerate. */
  readonly library?: string;
}

/** A library with the C interface to BLAS. */
export interface Blas {
  readonly library: string;
  readonly config: string;
  readonly sgemm: Sgemm;
  /** Absent where the library has no such setting. */
  readonly setThreads: ((count: number) => void) | undefined;
}

/** `cblas_sgemm`, addresses as numbers. */
export type Sgemm = (
  order: number,
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
) => void;

/**
 * The library that was named, by the option or else by `DL_BLAS`; without a name the first of the usual ones that is
 * installed, or undefined.
 */
export function findBlas({ library }: LibraryChoice): Blas | undefined {
  const named = library ?? (process.env["DL_BLAS"] || undefined);
  if (named !== undefined) return openNamed(named, library === undefined ? "DL_BLAS" : "library");
  for (const name of usual[process.platform] ?? fallback) {
    const found = load(name);
    if (found !== undefined) return blasOf(name, found);
  }
  return undefined;
}

/** What to install, on this system. */
export const installAdvice = (): string => `${advice[process.platform] ?? advice["linux"]}, or set DL_BLAS to its path`;

const fallback = ["libopenblas.so.0", "libopenblas.so"];

const usual: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["/System/Library/Frameworks/Accelerate.framework/Accelerate", "libopenblas.dylib"],
  win32: ["libopenblas.dll", "openblas.dll"],
};

const advice: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "install OpenBLAS with: brew install openblas",
  linux: "install OpenBLAS, on Debian and Ubuntu with: apt-get install libopenblas0-pthread",
  win32: "put libopenblas.dll from https://github.com/OpenMathLib/OpenBLAS/releases on the PATH",
};

function openNamed(name: string, where: string): Blas {
  try {
    return blasOf(name, koffi.load(name));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`useNative: ${where} names no BLAS library: "${name}" (${reason}); ${installAdvice()}`, { cause });
  }
}

type Library = ReturnType<typeof koffi.load>;

function load(name: string): Library | undefined {
  try {
    return koffi.load(name);
  } catch {
    return undefined;
  }
}

function blasOf(name: string, library: Library): Blas {
  return {
    library: name,
    config: optional<() => string>(library, "const char *openblas_get_config()")?.() ?? "",
    sgemm: library.func(
      "void cblas_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha, uintptr_t a, int lda, uintptr_t b, int ldb, float beta, uintptr_t c, int ldc)",
    ) as Sgemm,
    setThreads: optional<(count: number) => void>(library, "void openblas_set_num_threads(int count)"),
  };
}

/** A function that not every library has. */
function optional<F>(library: Library, prototype: string): F | undefined {
  try {
    return library.func(prototype) as F;
  } catch {
    return undefined;
  }
}
