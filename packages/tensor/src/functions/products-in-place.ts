import { inPlace } from "../ops/in-place.ts";
import { cumprod, cumsum } from "../ops/scan/cumulative.ts";
import type { ScanOptions } from "../ops/scan/define.ts";
import type { Tensor } from "../tensor.ts";
import { addbmm, addmm, addmv, addr, baddbmm, type Factors } from "./products.ts";

type Added = (x: Tensor, left: Tensor, right: Tensor, factors?: Factors) => Tensor;

/** `addmm_(x, a, b)` writes `β · x + α · (a · b)` over `x` and returns `x`; the others likewise. */
const over =
  (who: string, compute: Added): Added =>
  (x, left, right, factors) =>
    inPlace(who, x, (old) => compute(old, left, right, factors));

export const addbmm_: Added = /* @__PURE__ */ over("addbmm_", addbmm);
export const addmm_: Added = /* @__PURE__ */ over("addmm_", addmm);
export const addmv_: Added = /* @__PURE__ */ over("addmv_", addmv);
export const addr_: Added = /* @__PURE__ */ over("addr_", addr);
export const baddbmm_: Added = /* @__PURE__ */ over("baddbmm_", baddbmm);

/** `cumsum` in place. Returns `x`. */
export const cumsum_ = (x: Tensor, options: ScanOptions): Tensor =>
  inPlace("cumsum_", x, (old) => cumsum(old, options));

/** `cumprod` in place. Returns `x`. */
export const cumprod_ = (x: Tensor, options: ScanOptions): Tensor =>
  inPlace("cumprod_", x, (old) => cumprod(old, options));
