import { noGrad } from "@dl/autograd";
import { type DType, type Shape, Tensor, type Tracer, zeros } from "@dl/tensor";
import { listen } from "./listen.ts";
import { Depth, depthOf, type Meter } from "./meter.ts";
import type { AnyModule } from "./module.ts";
import { tensorsIn } from "./nested.ts";
import { isParameter } from "./parameter.ts";

/** One module of a measured model. */
export interface LayerReport {
  readonly module: AnyModule;
  /** Shapes of the tensors that the last `forward` gave; undefined where none was called. */
  readonly outputShapes: readonly Shape[] | undefined;
  /** Multiplications whose products are added up, in matrix products and convolutions here and below. */
  readonly multiplyAdds: number;
}

export interface ModelReport {
  /** Every module under its dotted name, the model itself under "". */
  readonly layers: ReadonlyMap<string, LayerReport>;
  /** Elements of all parameters; shared ones count once. */
  readonly parameters: number;
  /** Of these, how many require a gradient. */
  readonly learnt: number;
  /** Multiplications whose products are added up, in matrix products and convolutions. */
  readonly multiplyAdds: number;
  /**
   * The depth of the credit assignment path (CAP): how many layers with parameters of their own the longest way from
   * input to output leads through. Hidden layers are one fewer. A recurrent layer counts once, however long the sequence.
   */
  readonly depth: number;
}

/**
 * What a model costs and how deep it is, from one pass over zeros of `input` (or over the inputs given), in evaluation
 * mode and without gradients. The model stays as it was.
 *
 * @example
 * const report = measure(new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2)), [5, 3]);
 * [report.depth, report.multiplyAdds, report.parameters]; // => [2, 100, 26]
 */
export function measure(
  model: AnyModule,
  input: Shape | readonly Tensor[],
  { dtype = "float32" }: { dtype?: DType } = {},
): ModelReport {
  const inputs = isTensors(input) ? input.map((x) => x.detach()) : [zeros(input, { dtype })];
  const meter: Meter = { multiplyAdds: 0 };
  const seen = new Map<AnyModule, { outputShapes: readonly Shape[]; multiplyAdds: number }>();
  let depth = 0;
  const named = model.namedModules();
  const restores = named.map(([, module]) =>
    listen(module, () => {
      const before = meter.multiplyAdds;
      return (output) => {
        const outputs = tensorsIn(output);
        const multiplyAdds = (seen.get(module)?.multiplyAdds ?? 0) + meter.multiplyAdds - before;
        seen.set(module, { outputShapes: outputs.map(({ shape }) => shape), multiplyAdds });
        const own = Object.values(module).some((value: unknown) => isParameter(value)) ? 1 : 0;
        for (const each of outputs) each.tracer = new Depth(meter, depthOf(each) + own);
        if (module === model) depth = Math.max(0, ...outputs.map(depthOf));
      };
    }),
  );
  run(model, inputs, meter, restores);
  const layers = named.map(([name, module]): [string, LayerReport] => {
    const found = seen.get(module);
    return [name, { module, outputShapes: found?.outputShapes, multiplyAdds: found?.multiplyAdds ?? 0 }];
  });
  const parameters = model.parameters();
  const count = (some: readonly Tensor[]): number => some.reduce((total, { size }) => total + size, 0);
  return {
    layers: new Map(layers),
    parameters: count(parameters),
    learnt: count(parameters.filter(({ requiresGrad }) => requiresGrad)),
    multiplyAdds: meter.multiplyAdds,
    depth,
  };
}

/** Runs `forward` once in evaluation mode, with meters in the place of tapes, and puts everything back. */
function run(model: AnyModule, inputs: readonly Tensor[], meter: Meter, restores: readonly (() => void)[]): void {
  const modules = model.modules();
  const modes = modules.map((module) => module.training);
  const held: readonly Tensor[] = [...model.parameters(), ...model.buffers()];
  const tapes: readonly (Tracer | undefined)[] = held.map(({ tracer }) => tracer);
  try {
    noGrad(() => {
      model.eval();
      for (const each of [...held, ...inputs]) each.tracer = new Depth(meter, 0);
      Reflect.apply(model.forward, model, inputs);
    });
  } finally {
    for (const [i, module] of modules.entries()) module.training = modes[i] as boolean;
    for (const [i, each] of held.entries()) each.tracer = tapes[i];
    for (const restore of restores.toReversed()) restore();
  }
}

const isTensors = (input: Shape | readonly Tensor[]): input is readonly Tensor[] => input[0] instanceof Tensor;
