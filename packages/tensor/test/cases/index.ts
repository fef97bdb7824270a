import type * as primitives from "@dl/tensor/primitives";
import { attentions } from "./attention.ts";
import { basics } from "./basics.ts";
import type { OpCase } from "./case.ts";
import { convolutions } from "./conv.ts";
import { elementwiseCases } from "./elementwise.ts";
import { embeddings } from "./embedding.ts";
import { transforms } from "./fourier.ts";
import { gathering } from "./gather.ts";
import { indexing } from "./indexing.ts";
import { linearAlgebra } from "./linalg.ts";
import { norms } from "./norm.ts";
import { pools } from "./pool.ts";
import { recurrences } from "./recurrent.ts";
import { reductions, scanning } from "./reduce.ts";
import { shapes } from "./shape.ts";
import { softmaxes } from "./softmax.ts";
import { sorting } from "./sort.ts";
import { specials } from "./special.ts";
import { visions } from "./vision.ts";

/** Calls of every primitive. One without does not compile. */
export const cases: { readonly [Name in keyof typeof primitives]: readonly OpCase[] } = {
  ...attentions,
  ...basics,
  ...convolutions,
  ...embeddings,
  ...specials,
  ...transforms,
  ...linearAlgebra,
  ...norms,
  ...pools,
  ...elementwiseCases,
  ...indexing,
  ...shapes,
  ...gathering,
  ...recurrences,
  ...reductions,
  ...scanning,
  ...softmaxes,
  ...sorting,
  ...visions,
};
