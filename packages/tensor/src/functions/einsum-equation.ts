import { shapeText } from "../errors.ts";
import type { Shape } from "../shape.ts";

/** An equation with every dimension named: letters, and `...0`, `...1` from the right for those of an ellipsis. */
export interface Equation {
  /** The names of each operand's dimensions. */
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** The length that each name stands for after broadcasting. */
  readonly sizes: ReadonlyMap<string, number>;
}

const ELLIPSIS = "...";

/** Reads `"ij,jk->ik"` for operands of the given shapes; throws where they do not fit. */
export function parseEinsum(text: string, shapes: readonly Shape[]): Equation {
  const [left = "", right, ...more] = text.replaceAll(" ", "").split("->");
  if (more.length > 0) throw new SyntaxError(`einsum: "->" appears more than once in "${text}"`);
  const terms = left.split(",").map((term) => subscripts(term, text));
  if (terms.length !== shapes.length)
    throw new RangeError(`einsum: "${text}" names ${terms.length} operands, got ${shapes.length}`);
  const inputs = terms.map((term, i) => expandEllipsis(term, shapes[i] as Shape, i, text));
  const sizes = sizesOf(inputs, shapes);
  const open = [...sizes.keys()]
    .filter((name) => name.startsWith(ELLIPSIS))
    .sort((a, b) => Number(b.slice(3)) - Number(a.slice(3)));
  const output =
    right === undefined
      ? impliedOutput(terms, open)
      : subscripts(right, text).flatMap((name) => (name === ELLIPSIS ? open : [name]));
  checkOutput(output, sizes, text);
  return { inputs, output, sizes };
}

/** `"a...b"` as names; the ellipsis stays one. */
function subscripts(term: string, text: string): string[] {
  const names = term.match(/\.\.\.|[A-Za-z]/g) ?? [];
  if (names.join("") !== term)
    throw new SyntaxError(`einsum: subscripts must be letters and "...": got "${term}" in "${text}"`);
  if (names.filter((name) => name === ELLIPSIS).length > 1)
    throw new SyntaxError(`einsum: "..." appears more than once in "${term}" of "${text}"`);
  return names;
}

function expandEllipsis(names: readonly string[], shape: Shape, operand: number, text: string): string[] {
  const at = names.indexOf(ELLIPSIS);
  const open = shape.length - names.length + 1;
  if (at < 0 ? names.length !== shape.length : open < 0) {
    throw new RangeError(
      `einsum: "${text}" names ${at < 0 ? names.length : names.length - 1} dimensions of operand ${operand}, which has ${shape.length} (operand ${operand} ${shapeText(shape)})`,
    );
  }
  if (at < 0) return names.slice();
  return names.toSpliced(at, 1, ...Array.from({ length: open }, (_, i) => `${ELLIPSIS}${open - 1 - i}`));
}

function sizesOf(inputs: readonly (readonly string[])[], shapes: readonly Shape[]): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((names, operand) => {
    const own = new Map<string, number>();
    names.forEach((name, dim) => {
      const length = shapes[operand]?.[dim] as number;
      const before = own.get(name);
      if (before !== undefined && before !== length) {
        throw new RangeError(
          `einsum: ${name} is repeated with sizes ${before} and ${length} (operand ${operand} ${shapeText(shapes[operand] as Shape)})`,
        );
      }
      own.set(name, length);
      const known = sizes.get(name) ?? 1;
      if (known !== 1 && length !== 1 && known !== length) {
        const all = shapes.map((shape, i) => `operand ${i} ${shapeText(shape)}`).join(", ");
        throw new RangeError(`einsum: ${name} has size ${length} in operand ${operand} and ${known} before (${all})`);
      }
      sizes.set(name, length === 1 ? known : length);
    });
  });
  return sizes;
}

/** Ellipsis dimensions, then the letters that occur once, in alphabetical order with capitals first. */
function impliedOutput(terms: readonly (readonly string[])[], open: readonly string[]): string[] {
  const letters = terms.flat().filter((name) => name !== ELLIPSIS);
  return [...open, ...letters.filter((name) => letters.indexOf(name) === letters.lastIndexOf(name)).sort()];
}

function checkOutput(output: readonly string[], sizes: ReadonlyMap<string, number>, text: string): void {
  output.forEach((name, i) => {
    if (output.indexOf(name) !== i)
      throw new RangeError(`einsum: ${name} appears more than once in the output of "${text}"`);
    if (!sizes.has(name)) throw new RangeError(`einsum: ${name} of the output of "${text}" is in no operand`);
  });
}
