/** The packages that have a page and a reference, in the order of the sidebar. */
export const packageNames = [
  "tensor",
  "autograd",
  "layers",
  "losses",
  "optim",
  "train",
  "data",
  "io",
  "metrics",
  "native",
] as const;

export type PackageName = (typeof packageNames)[number];
