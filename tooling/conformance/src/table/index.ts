import type { Signature } from "../signature.ts";
import { activation } from "./activation.ts";
import { functionAliases, moduleAliases, withAliases } from "./aliases.ts";
import { attention } from "./attention.ts";
import { autograd } from "./autograd.ts";
import { binary } from "./binary.ts";
import { clipping } from "./clipping.ts";
import { conv } from "./conv.ts";
import { creation } from "./creation.ts";
import { fft } from "./fft.ts";
import { inPlace } from "./in-place.ts";
import { indexing } from "./indexing.ts";
import { initializers } from "./init.ts";
import { linalg } from "./linalg.ts";
import { linear } from "./linear.ts";
import { losses } from "./losses.ts";
import { masked } from "./masked.ts";
import { matmul } from "./matmul.ts";
import { methods } from "./methods.ts";
import { activationModules } from "./module-activations.ts";
import { attentionModules } from "./module-attention.ts";
import { layerModules } from "./module-layers.ts";
import { lossModules } from "./module-losses.ts";
import { recurrentModules } from "./module-recurrent.ts";
import type { ModuleRow } from "./module-row.ts";
import { visionModules } from "./module-vision.ts";
import { moreFunctions } from "./more-functions.ts";
import { moreInPlace } from "./more-in-place.ts";
import { moreLinalg } from "./more-linalg.ts";
import { moreModules } from "./more-modules.ts";
import { norm } from "./norm.ts";
import type { OptimizerRow } from "./optimizer-row.ts";
import { optimizers as optimizerRows } from "./optimizers.ts";
import { pool } from "./pool.ts";
import { random } from "./random.ts";
import { reduce } from "./reduce.ts";
import type { Row } from "./row.ts";
import type { ScheduleRow } from "./schedule-row.ts";
import { schedules as scheduleRows } from "./schedules.ts";
import { shape } from "./shape.ts";
import { situations } from "./situations.ts";
import { sort } from "./sort.ts";
import { special } from "./special.ts";
import { unary } from "./unary.ts";
import { vision } from "./vision.ts";

const ownRows = byName<Row>(
  activation,
  attention,
  autograd,
  binary,
  clipping,
  conv,
  creation,
  inPlace,
  indexing,
  initializers,
  fft,
  linalg,
  linear,
  losses,
  masked,
  matmul,
  methods,
  moreFunctions,
  moreInPlace,
  moreLinalg,
  norm,
  pool,
  random,
  reduce,
  shape,
  situations,
  sort,
  special,
  unary,
  vision,
);

/** Every function and method the library has, by PyTorch's names. */
export const rows: ReadonlyMap<string, Row> = withAliases(ownRows, functionAliases);

/** Every module the library has, by PyTorch's names. */
export const modules: ReadonlyMap<string, ModuleRow> = withAliases(
  byName<ModuleRow>(
    activationModules,
    attentionModules,
    layerModules,
    lossModules,
    recurrentModules,
    moreModules,
    visionModules,
  ),
  moduleAliases,
);

/** Every optimizer the library has, by PyTorch's name. */
export const optimizers: ReadonlyMap<string, OptimizerRow> = byName<OptimizerRow>(optimizerRows);

/** Every schedule the library has, by PyTorch's name. */
export const schedules: ReadonlyMap<string, ScheduleRow> = byName<ScheduleRow>(scheduleRows);

function byName<R extends { readonly signature: Signature }>(...families: readonly (readonly R[])[]): Map<string, R> {
  const found = new Map<string, R>();
  for (const each of families.flat()) {
    const { name } = each.signature;
    if (found.has(name)) throw new Error(`table: two rows for ${name}`);
    found.set(name, each);
  }
  return found;
}
