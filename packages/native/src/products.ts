import type { Factor, Gemm } from "@dl/tensor";
import koffi from "koffi";
import type { Sgemm } from "./library.ts";

const rowMajor = 101;
const asStored = 111;
const turned = 112;

/** Products through `cblas_sgemm`, by address: WebAssembly memory is not copied. */
export function gemmThrough(sgemm: Sgemm): Gemm {
  let known: ArrayBufferLike | undefined;
  let base = 0;
  return ({ memory, m, n, k, a, b, c, accumulate }) => {
    const { buffer } = memory;
    if (buffer !== known) {
      known = buffer;
      base = Number(koffi.address(new Uint8Array(buffer)));
    }
    sgemm(
      rowMajor,
      orderOf(a),
      orderOf(b),
      m,
      n,
      k,
      1,
      base + a.address,
      Math.max(1, a.stride),
      base + b.address,
      Math.max(1, b.stride),
      accumulate ? 1 : 0,
      base + c.address,
      c.stride,
    );
  };
}

const orderOf = ({ transposed }: Factor): number => (transposed ? turned : asStored);
