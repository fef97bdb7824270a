import type { FunctionName } from "./names.ts";

/** `out[i] = f(a[i], b[i], c[i])` for `i < count`; `out` may be one of the others. */
export type Loop = (out: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, count: number) => void;

/** A loop for every function of the notation and for the select; undefined where there is no such function. */
export type Loops = Readonly<Record<FunctionName | "select", Loop | undefined>>;

/** The loop of a function of one argument. */
export function map1(f: (a: number) => number): Loop {
  return (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = f(a[i] as number);
  };
}

/** The loop of a function of two arguments. */
export function map2(f: (a: number, b: number) => number): Loop {
  return (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = f(a[i] as number, b[i] as number);
  };
}

type Logic = "lt" | "le" | "gt" | "ge" | "eq" | "ne" | "not" | "and" | "or" | "select";

/** Comparisons, logic and the select, which are the same for floats and integers; every number but 0 is true. */
export const logicLoops: Readonly<Record<Logic, Loop>> = {
  lt: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) < (b[i] as number) ? 1 : 0;
  },
  le: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) <= (b[i] as number) ? 1 : 0;
  },
  gt: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) > (b[i] as number) ? 1 : 0;
  },
  ge: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) >= (b[i] as number) ? 1 : 0;
  },
  eq: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] === b[i] ? 1 : 0;
  },
  ne: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] !== b[i] ? 1 : 0;
  },
  not: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] === 0 ? 1 : 0;
  },
  and: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] !== 0 && b[i] !== 0 ? 1 : 0;
  },
  or: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] !== 0 || b[i] !== 0 ? 1 : 0;
  },
  select: (out, a, b, c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] !== 0 ? b[i] : c[i]) as number;
  },
};
