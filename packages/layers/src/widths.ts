import type { Linear } from "./linear.ts";
import { Module } from "./module.ts";
import type { Sequential } from "./sequential.ts";

/** A module whose output has the shape of its input, so that `Sequential` compares the widths before and after it. */
export abstract class SameShape extends Module {
  /** Never set: it tells these modules from others in types. */
  declare protected readonly sameShape: true;
}

/** `Layers`, with what is wrong in the place of each one that takes another number of features than it gets. */
export type Fitting<Layers extends readonly Module[]> = {
  [I in keyof Layers]: Fitted<Layers[I], Widths<Layers>[I & keyof Widths<Layers>]>;
};

/** A width is a literal, a union of them, or `number` where it is not known: two fit where they have a value in common. */
type Fitted<Layer, Width> = [Before<Layer> & Width] extends [never]
  ? `takes ${Before<Layer>} features, but gets ${Width & number}`
  : Layer;

/** The width that each layer gets, and at the end the one that comes out. */
type Widths<Layers, Width = number, Done extends readonly unknown[] = []> = Layers extends readonly [
  infer First,
  ...infer Rest,
]
  ? Widths<Rest, After<First, Width>, [...Done, Width]>
  : Layers extends readonly []
    ? [...Done, Width]
    : [...Done, ...number[]];

/** The width that a layer takes. */
type Before<Layer> =
  Layer extends Linear<infer In, number> ? In : Layer extends Sequential<infer Layers> ? BeforeAll<Layers> : number;

type BeforeAll<Layers> = Layers extends readonly [infer First, ...infer Rest]
  ? First extends SameShape
    ? BeforeAll<Rest>
    : Before<First>
  : number;

/** The width that a layer gives when it gets `Width`. */
type After<Layer, Width> =
  Layer extends Linear<number, infer Out>
    ? Out
    : Layer extends SameShape
      ? Width
      : Layer extends Sequential<infer Layers>
        ? Widths<Layers, Width> extends [...unknown[], infer Last]
          ? Last
          : number
        : number;
