import type { Node } from "./ast.ts";
import { precedence, wordOf } from "./vocabulary.ts";

/**
 * The formula as TeX, for documentation.
 *
 * @example
 * toTex(parse("x / (1 + abs(x))")); // => "\\frac{x}{1 + \\left|x\\right|}"
 */
export function toTex(formula: Node): string {
  return render(formula).text;
}

interface Tex {
  readonly text: string;
  readonly binding: number;
}

const { sum, product, primary } = precedence;

function render(node: Node): Tex {
  if (node.kind === "number") return renderNumber(node.value);
  if (node.kind === "name") return { text: renderName(node.name), binding: primary };
  if (node.kind === "select") return { text: renderCases(node), binding: precedence.select };
  const { tex, binding = primary, symbol } = wordOf(node.fn);
  const own = node.fn === "neg" ? sum : binding;
  const args = node.args.map(render);
  const tall = args.some(({ text }) => text.includes("\\frac") || text.includes("\\begin"));
  const template = tall ? tex.replaceAll("(", "\\left(").replaceAll(")", "\\right)") : tex;
  const text = template.replaceAll(/#(\d)(\.?)/g, (_, digit: string, free: string) => {
    const index = Number(digit) - 1;
    const arg = args[index] as Tex;
    if (free !== "") return arg.text;
    if (symbol === undefined) return isAtom(node.args[index] as Node) ? arg.text : parenthesized(arg.text);
    return arg.binding < (index === 0 && node.args.length > 1 ? own : own + 1) ? parenthesized(arg.text) : arg.text;
  });
  return { text, binding: own };
}

function renderCases(node: Node): string {
  const rows: string[] = [];
  let rest = node;
  for (; rest.kind === "select"; rest = rest.args[2]) {
    rows.push(`${render(rest.args[1]).text} & \\text{if } ${render(rest.args[0]).text}`);
  }
  rows.push(`${render(rest).text} & \\text{otherwise}`);
  return `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`;
}

function renderNumber(value: number): Tex {
  const [mantissa, exponent] = String(Math.abs(value)).split("e");
  const sign = value < 0 ? "-" : "";
  const binding = value < 0 ? sum : primary;
  if (value === Math.PI) return { text: "\\pi", binding };
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return { text: `${sign}\\infty`, binding };
  if (Number.isNaN(value)) return { text: "\\text{NaN}", binding };
  if (exponent === undefined) return { text: `${sign}${mantissa}`, binding };
  const power = `10^{${Number(exponent)}}`;
  return {
    text: `${sign}${mantissa === "1" ? power : `${mantissa} \\cdot ${power}`}`,
    binding: value < 0 ? sum : product,
  };
}

const greek: ReadonlySet<string> = new Set(
  "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega".split(" "),
);

function renderName(name: string): string {
  if (greek.has(name)) return `\\${name}`;
  return name.length === 1 ? name : `\\mathrm{${name.replaceAll("_", "\\_")}}`;
}

function isAtom(node: Node): boolean {
  return node.kind === "name" || (node.kind === "number" && node.value >= 0);
}

function parenthesized(text: string): string {
  return text.includes("\\frac") || text.includes("\\begin") ? `\\left(${text}\\right)` : `(${text})`;
}
