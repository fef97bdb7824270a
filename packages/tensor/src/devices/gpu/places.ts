import type { Shape } from "../../shape.ts";
import { collapse } from "../../strided.ts";

/** Where operands keep the elements of one shape: numbers for a job's `whole`, and WGSL that reads them. */
export interface Places {
  /** Dimensions left after joining: part of a variant. */
  readonly rank: number;
  readonly whole: Readonly<Record<string, number>>;
  /** Statements that set `xBase` for operand `x`, from `index`, the running index over the shape. */
  readonly wgsl: string;
}

/** The places of operands with these strides, by name. */
export function placesOver(shape: Shape, operands: Readonly<Record<string, readonly number[]>>): Places {
  const names = Object.keys(operands);
  const walk = collapse(shape, Object.values(operands));
  const whole: Record<string, number> = {};
  const lines = ["var rest = index;", ...names.map((name) => `var ${name}Base = 0u;`)];
  for (let dim = walk.shape.length - 1; dim >= 0; dim--) {
    whole[`length${dim}`] = walk.shape[dim] as number;
    const coordinate = dim === 0 ? "rest" : `rest % a.length${dim}`;
    names.forEach((name, k) => {
      whole[`${name}Step${dim}`] = (walk.strides[k] as readonly number[])[dim] as number;
      lines.push(`${name}Base += ${coordinate} * a.${name}Step${dim};`);
    });
    if (dim > 0) lines.push(`rest /= a.length${dim};`);
  }
  return { rank: walk.shape.length, whole, wgsl: lines.join("\n    ") };
}
