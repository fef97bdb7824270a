import { derived, formulaGradient } from "../rule.ts";

export const arithmetic = {
  add: derived,
  sub: derived,
  mul: derived,
  div: formulaGradient({ x: "g / y", y: "-g * (x / y) / y" }),
  neg: derived,
};
