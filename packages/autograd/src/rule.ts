import type { DType, Shape, Tensor } from "@dl/tensor";

/** What a gradient may know beside the tensors it keeps. */
export interface Context<A = unknown> {
  readonly attrs: A;
  /** Shapes and dtypes of the inputs and of the output. */
  readonly inputs: readonly { readonly shape: Shape; readonly strides: readonly number[]; readonly dtype: DType }[];
  readonly output: { readonly shape: Shape; readonly dtype: DType };
  /** Which input the gradient is for, where one function serves them all. */
  readonly index: number;
}

/** Tensors of the forward pass by name: an op's inputs, and `output`. */
export type Saved = Readonly<Record<string, Tensor>>;

/** The gradient of one input: what it keeps from the forward pass, and how it is made from the upstream gradient. */
export interface InputGradient<A = unknown> {
  readonly keeps: readonly string[];
  /** An element of the output depends on one element of the input. */
  readonly elementwise?: boolean;
  of(g: Tensor, saved: Saved, context: Context<A>): Tensor | undefined;
}

/** How an op is differentiated: the gradient of each input by name. Inputs left out have none. */
export interface Rule {
  readonly kind: "rule";
  readonly gradients: Readonly<Record<string, InputGradient>>;
}

/** A rule ready for an op: its gradients by position of the inputs; where there may be any number, one for each. */
export interface OpRule {
  readonly name: string;
  /** Of the inputs; one that starts with `...` stands for any number. */
  readonly names: readonly string[];
  readonly gradients: readonly (InputGradient | undefined)[];
  readonly each: InputGradient | undefined;
}

export const opRule = (name: string, names: readonly string[], { gradients }: Rule): OpRule => ({
  name,
  names,
  gradients: names.map((input) => gradients[input]),
  each: names[0]?.startsWith("...") ? gradients["each"] : undefined,
});

export const gradientAt = ({ gradients, each }: OpRule, index: number): InputGradient | undefined =>
  each ?? gradients[index];

/** The rule is derived from the op's formula. */
export interface DerivedRule {
  readonly kind: "derived";
  /** Gradients stated as formulas over `g`, the inputs, the parameters and `output`, where that is better. */
  readonly stated: Readonly<Record<string, string>>;
}

/** The op has no gradient: its result never requires one. */
export interface NoRule {
  readonly kind: "none";
}

export type AnyRule = Rule | DerivedRule | NoRule;

/** The shape of one input of an op. */
export const shapeOf = ({ inputs }: Context, index = 0): Shape => inputs[index]?.shape as Shape;

type Plain<A> = (g: Tensor, saved: Saved, context: Context<A>) => Tensor | undefined;

/**
 * A rule written in tensor functions, so that it can be differentiated again. Each entry is the gradient of one input:
 * a function of the upstream gradient, or `keeping([...names], function)` where it needs tensors of the forward pass.
 */
export function gradient<A = unknown>(entries: Readonly<Record<string, Plain<A> | InputGradient<A>>>): Rule {
  const gradients: Record<string, InputGradient> = {};
  for (const [name, entry] of Object.entries(entries))
    gradients[name] = typeof entry === "function" ? { keeps: [], of: entry } : entry;
  return { kind: "rule", gradients };
}

/** A gradient that needs tensors of the forward pass; it can read no others. */
export function keeping<K extends string, A = unknown>(
  keeps: readonly K[],
  of: (g: Tensor, saved: Readonly<Record<K, Tensor>>, context: Context<A>) => Tensor | undefined,
): InputGradient<A> {
  return { keeps, of };
}

/** Derived from the formula. */
export const derived: DerivedRule = { kind: "derived", stated: {} };

/** Stated as formulas over `g`, the inputs and `output`, where the derived ones lose digits or overflow. */
export const formulaGradient = (stated: string | Readonly<Record<string, string>>): DerivedRule => ({
  kind: "derived",
  stated: typeof stated === "string" ? { x: stated } : stated,
});

/** For ops whose result is a truth value, an index or a choice. */
export const notDifferentiable: NoRule = { kind: "none" };
