import type { Op } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { formulaRule } from "./formula-rule.ts";
import { activations } from "./gradients/activation.ts";
import { arithmetic } from "./gradients/arithmetic.ts";
import { attentions } from "./gradients/attention.ts";
import { convolutions } from "./gradients/conv.ts";
import { embeddings } from "./gradients/embedding.ts";
import { transforms } from "./gradients/fourier.ts";
import { gathering } from "./gradients/gather.ts";
import { indexing } from "./gradients/index.ts";
import { linearAlgebra } from "./gradients/linalg.ts";
import { linear } from "./gradients/linear.ts";
import { truths } from "./gradients/logic.ts";
import { norms } from "./gradients/norm.ts";
import { pools } from "./gradients/pool.ts";
import { recurrences } from "./gradients/recurrent.ts";
import { reductions } from "./gradients/reduce.ts";
import { scans } from "./gradients/scan.ts";
import { shapes } from "./gradients/shape.ts";
import { softmaxes } from "./gradients/softmax.ts";
import { sorting } from "./gradients/sort.ts";
import { specials } from "./gradients/special.ts";
import { transcendental } from "./gradients/transcendental.ts";
import { views } from "./gradients/view.ts";
import { vision } from "./gradients/vision.ts";
import { type AnyRule, type OpRule, opRule, type Rule } from "./rule.ts";

/** How every primitive is differentiated. A forgotten one does not compile. */
export const rules: { readonly [Name in keyof typeof primitives]: AnyRule } = {
  ...activations,
  ...arithmetic,
  ...attentions,
  ...convolutions,
  ...embeddings,
  ...gathering,
  ...indexing,
  ...linear,
  ...linearAlgebra,
  ...norms,
  ...pools,
  ...recurrences,
  ...reductions,
  ...scans,
  ...shapes,
  ...softmaxes,
  ...sorting,
  ...specials,
  ...transcendental,
  ...transforms,
  ...truths,
  ...views,
  ...vision,
};

const ready = new WeakMap<object, OpRule | "none">();

/** The rule of an op, or undefined where its result never requires a gradient. */
export function ruleOf<A>(op: Op<A>): OpRule | undefined {
  let rule = ready.get(op);
  if (rule === undefined) {
    const found = prepare(op);
    rule = found === "none" ? found : opRule(op.name, op.inputs, found);
    ready.set(op, rule);
  }
  return rule === "none" ? undefined : rule;
}

function prepare<A>(op: Op<A>): Rule | "none" {
  const formula = op.kind === "kernel" ? op.formula : undefined;
  const known = byIdentity().get(op) ?? (formula && { kind: "derived", stated: {} });
  if (known === undefined) {
    throw new Error(
      `${op.name}: has no gradient rule: state one with customGradient, or remove a second copy of @dl/tensor`,
    );
  }
  if (known.kind === "none" || formula?.result === "bool") return "none";
  if (known.kind === "rule") return known;
  if (formula === undefined) throw new Error(`${op.name}: has no formula to derive a gradient from`);
  return formulaRule(op.name, formula, known.stated);
}

let identities: Map<object, AnyRule> | undefined;

function byIdentity(): Map<object, AnyRule> {
  if (identities === undefined) {
    identities = new Map();
    for (const [name, { op }] of Object.entries(primitives)) identities.set(op, rules[name as keyof typeof primitives]);
  }
  return identities;
}
