export type { FanMode } from "./fans.ts";
export { constant_, dirac_, eye_, ones_, zeros_ } from "./fill.ts";
export { calculateGain, type Nonlinearity } from "./gain.ts";
export { type OrthogonalOptions, orthogonal_ } from "./orthogonal.ts";
export {
  type Drawn,
  type NormalOptions,
  normal_,
  type SparseOptions,
  sparse_,
  type TruncNormalOptions,
  truncNormal_,
  type UniformOptions,
  uniform_,
} from "./random.ts";
export {
  type KaimingOptions,
  kaimingNormal_,
  kaimingUniform_,
  type XavierOptions,
  xavierNormal_,
  xavierUniform_,
} from "./scaled.ts";
