import { customGradient, isGradEnabled, registerHook } from "@dl/autograd";
import { cat, flatten, narrow, Tensor, to, view } from "@dl/tensor";
import type { BackwardHook } from "./hooks.ts";
import type { AnyModule } from "./module.ts";
import { replacedIn, tensorsIn } from "./nested.ts";

interface Watched {
  /** The inputs to compute with. */
  readonly inputs: readonly unknown[];
  /** Watches the output too. */
  readonly output: (output: unknown) => unknown;
}

/** Inputs and output of one call of `module` whose gradients go through `hooks`. */
export function watched(module: AnyModule, inputs: readonly unknown[], hooks: readonly BackwardHook[]): Watched {
  if (hooks.length === 0 || !isGradEnabled()) return { inputs, output: (output) => output };
  const tracked = inputs.flatMap((input, i) => (input instanceof Tensor && input.requiresGrad ? [{ input, i }] : []));
  let gradOutput: readonly (Tensor | undefined)[] | undefined;
  const run = (gradients: readonly Tensor[]): readonly Tensor[] => {
    // a second derivative passes the inputs alone
    if (gradOutput === undefined) return gradients;
    const given = gradOutput;
    gradOutput = undefined;
    let gradInput: (Tensor | undefined)[] = inputs.map((_, i) => gradients[tracked.findIndex((each) => each.i === i)]);
    for (const hook of hooks) {
      const replaced = hook(module, gradInput, given);
      if (replaced) gradInput = gradInput.map((old, i) => replaced[i] ?? old);
    }
    return tracked.map(({ i }, k) => gradInput[i] ?? (gradients[k] as Tensor));
  };
  const joinedInputs = joined(
    tracked.map(({ input }) => input),
    run,
  );
  return {
    inputs: inputs.map((input, i) => joinedInputs[tracked.findIndex((each) => each.i === i)] ?? input),
    output: (output) => {
      const tensors = tensorsIn(output).filter((each) => each.requiresGrad);
      const watchedOutputs = joined(tensors, (gradients) => {
        gradOutput = tensorsIn(output).map((each) => gradients[tensors.indexOf(each)]);
        if (tracked.length === 0) run([]);
        return gradients;
      });
      return replacedIn(output, (each) => watchedOutputs[tensors.indexOf(each)] ?? each);
    },
  };
}

type Pass = (gradients: readonly Tensor[]) => readonly Tensor[];

/** The same tensors, whose gradients arrive together: `pass` sees all of them and says what goes on. */
function joined(tensors: readonly Tensor[], pass: Pass): Tensor[] {
  const [only] = tensors;
  if (only === undefined) return [];
  if (tensors.length === 1) return [step(only, (g) => pass([g])[0])];
  const pack = (parts: readonly Tensor[]): Tensor => cat(parts.map((part) => flatten(part)));
  const unpack = (packed: Tensor): Tensor[] => {
    let next = 0;
    return tensors.map(({ shape, size }) => {
      next += size;
      return view(narrow(packed, 0, next - size, size), shape);
    });
  };
  const packed = step(pack(tensors), (g) => pack(pass(unpack(g))));
  return unpack(packed).map((part, i) => to(part, { dtype: tensors[i]?.dtype }));
}

/** The same tensor, whose gradient goes through `pass`, and is not given back when the step is done. */
function step(x: Tensor, pass: (g: Tensor) => Tensor | undefined): Tensor {
  const same = customGradient({ name: "moduleHook", forward: ([only]) => only as Tensor, backward: (g) => [pass(g)] });
  const y = same([x], undefined);
  registerHook(y, () => undefined);
  return y;
}
