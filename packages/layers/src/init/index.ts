export type { FanMode } from "./fans.ts";
export { constant_, dirac_, eye_, ones_, zeros_ } from "./fill.ts";
export { calculateGain, type Nonlinearity } from "./gain.ts";
export { orthogonal_, type OrthogonalOptions } from "./orthogonal.ts";
export { type Drawn, normal_, type NormalOptions, sparse_, type SparseOptions, truncNormal_, type TruncNormalOptions, uniform_, type UniformOptions } from "./random.ts";
export { kaimingNormal_, type KaimingOptions, kaimingUniform_, xavierNormal_, type XavierOptions, xavierUniform_ } from "./scaled.ts";
