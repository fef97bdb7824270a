import { apply, elementwise, type Formula } from "@dl/tensor";
import { derive, names, parse, substitute, variable } from "@dl/tensor/formula";
import { gradient, type InputGradient, keeping, type Rule } from "./rule.ts";

/** The rule of an elementwise op: each input's gradient is one more formula, stated or derived from the op's own. */
export function formulaRule(name: string, formula: Formula, stated: Readonly<Record<string, string>>): Rule {
  if (formula.result === "bool") return gradient({});
  const gradients: Record<string, InputGradient<Readonly<Record<string, number>>>> = {};
  for (const input of formula.inputs)
    gradients[input] = lazily(() => inputGradient(name, formula, input, stated[input]));
  return gradient(gradients);
}

type Params = Readonly<Record<string, number>>;

function inputGradient(
  name: string,
  formula: Formula,
  input: string,
  stated: string | undefined,
): InputGradient<Params> {
  const upstream = upstreamName(formula.inputs);
  const tree = stated === undefined ? derive(formula.node, input, variable(upstream)) : parse(stated);
  if (tree.kind === "name" && tree.name === upstream) return keeping([], (g) => g);
  const used = names(tree);
  const keeps = [...formula.inputs, "output"].filter((each) => used.includes(each));
  const params = Object.fromEntries(formula.params.filter((each) => used.includes(each)).map((each) => [each, 0]));
  const inner = keeps.map((each) => (each === "output" ? forwardOutput : each));
  const op = elementwise(
    `${name}Backward`,
    [upstream, ...inner],
    substitute(tree, { output: variable(forwardOutput) }),
    params,
  );
  return keeping<string, Params>(keeps, (g, saved, { attrs }) => {
    const operands = [g];
    for (let i = 0; i < keeps.length; i++) operands.push(held(saved, keeps[i] as string));
    return apply(op, operands, attrs);
  });
}

/** What a gradient calls the output of the forward op, which is not its own output. */
const forwardOutput = "forward";

/** `g`, or `gg` … for an op that is itself a gradient and has an input of that name. */
function upstreamName(inputs: readonly string[]): string {
  let name = "g";
  while (inputs.includes(name)) name += "g";
  return name;
}

function held<T>(saved: Readonly<Record<string, T>>, name: string): T {
  const tensor = saved[name];
  if (tensor === undefined) throw new Error(`backward: ${name} was not kept`);
  return tensor;
}

/** Derived when first needed: most gradients never are. */
function lazily<A>(make: () => InputGradient<A>): InputGradient<A> {
  let made: InputGradient<A> | undefined;
  const get = (): InputGradient<A> => {
    made ??= make();
    return made;
  };
  return {
    get keeps() {
      return get().keeps;
    },
    elementwise: true,
    of: (g, saved, context) => get().of(g, saved, context),
  };
}
