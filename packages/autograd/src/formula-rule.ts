import { apply, elementwise, type Formula } from "@dl/tensor";
import { call, derive, type Node, names, num, parse, select, variable } from "@dl/tensor/formula";
import { gradient, type InputGradient, keeping, type Rule } from "./rule.ts";

/** The rule of an elementwise op: each input's gradient is one more formula, stated or derived from the op's own. */
export function formulaRule(name: string, formula: Formula, stated: Readonly<Record<string, string>>): Rule {
  if (formula.result === "bool") return gradient({});
  const gradients: Record<string, InputGradient<Readonly<Record<string, number>>>> = {};
  for (const input of formula.inputs) gradients[input] = lazily(() => inputGradient(name, formula, input, stated[input]));
  return gradient(gradients);
}

type Params = Readonly<Record<string, number>>;

function inputGradient(name: string, formula: Formula, input: string, stated: string | undefined): InputGradient<Params> {
  const upstream = upstreamName(formula.inputs);
  const tree = stated === undefined ? times(variable(upstream), derive(formula.node, input)) : parse(stated);
  const used = names(tree);
  const keeps = [...formula.inputs, "output"].filter((each) => used.includes(each));
  const params = Object.fromEntries(formula.params.filter((each) => used.includes(each)).map((each) => [each, 0]));
  const op = elementwise(`${name}Backward`, [upstream, ...keeps], tree, params);
  return keeping<string, Params>(keeps, (g, saved, { attrs }) => apply(op, [g, ...keeps.map((each) => held(saved, each))], attrs));
}

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

/** `g · node`, taken into selects so that the branch not taken contributes nothing, not even `0 · inf`. */
function times(g: Node, node: Node): Node {
  if (node.kind === "number" && node.value === 0) return num(0);
  if (node.kind === "number" && node.value === 1) return g;
  if (node.kind !== "select") return call("mul", g, node);
  const [test, yes, no] = node.args;
  return select(test, times(g, yes), times(g, no));
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
    of: (g, saved, context) => get().of(g, saved, context),
  };
}
