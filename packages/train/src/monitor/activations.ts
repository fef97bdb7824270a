import { noGrad } from "@dl/autograd";
import { type AnyModule, type Module, ReLU, registerForwardHook, Sigmoid, Tanh } from "@dl/layers";
import { abs, amax, eq, flatten, gt, mean, scope, square, std, sub, Tensor, transpose } from "@dl/tensor";
import { inMode } from "../mode.ts";

/** What the units of one layer did on some inputs. Shares are from 0 to 1. */
export interface ActivationReport {
  /** The layer's dotted name. */
  readonly name: string;
  readonly mean: number;
  readonly std: number;
  /** Outputs that are exactly 0: what makes the activity of a relu layer sparse. */
  readonly zeros: number;
  /** Units (features, or channels with all their places) that are 0 on every input. */
  readonly dead: number;
  /** Outputs where the curve is flat: |a| > .99 for tanh, a < .01 or a > .99 for sigmoid; 0 for other layers. */
  readonly saturated: number;
  /** Mean slope relative to the steepest: `1 − a²` for tanh, `4a(1 − a)` for sigmoid, the share above 0 for relu; else 1. */
  readonly slope: number;
}

/**
 * Looks at what every layer without parts gives for the inputs `x`: how spread, how sparse, how saturated, how dead.
 * Layers that give no single tensor, such as recurrent ones, are left out.
 *
 * - x: `[n, …]`; outputs: `[n, units]`, or `[n, channels, …]`
 *
 * The model is in evaluation mode meanwhile and stays as it was.
 *
 * @example
 * const model = new Sequential(new Linear(2, 3), new ReLU());
 * fill_(model.layers[0].bias.detach(), -100);
 * const [, relu] = await inspectActivations(model, ones([4, 2]));
 * [relu.name, relu.zeros, relu.dead]; // => ["1", 1, 1]
 */
export async function inspectActivations(model: Module, x: Tensor): Promise<ActivationReport[]> {
  const found: { name: string; figures: Tensor[] }[] = [];
  const leaves = model.namedModules().filter(([, module]) => module.namedChildren().length === 0);
  const remove = leaves.map(([name, module]) =>
    registerForwardHook(module as Module, (_, __, output) => {
      if (output instanceof Tensor) found.push({ name, figures: scope(() => figuresOf(module, output.detach())) });
    }),
  );
  try {
    scope(() => {
      noGrad(() => inMode(model, false, () => model.forward(x)));
      return found;
    });
  } finally {
    for (const each of remove) each();
  }
  return await Promise.all(
    found.map(async ({ name, figures }) => {
      const [mean, std, zeros, dead, saturated, slope] = await Promise.all(figures.map((each) => each.itemAsync()));
      return { name, mean, std, zeros, dead, saturated, slope } as ActivationReport;
    }),
  );
}

/** Mean, standard deviation, zeros, dead, saturated, slope: one number each. */
function figuresOf(module: AnyModule, a: Tensor): Tensor[] {
  const units = a.shape.length < 2 ? a.reshape([1, -1]) : flatten(transpose(a, 0, 1), { startDim: 1 });
  const zero = eq(a, 0).to("float32");
  const size = amax(abs(units), { dim: 1 });
  const none = mean(zero).mul(0);
  const curve =
    module instanceof Tanh
      ? [gt(abs(a), 0.99), sub(1, square(a))]
      : module instanceof Sigmoid
        ? [gt(abs(sub(a, 0.5)), 0.49), a.mul(sub(1, a)).mul(4)]
        : [undefined, module instanceof ReLU ? sub(1, zero) : undefined];
  const [flat, slope] = curve;
  return [
    mean(a),
    std(a),
    mean(zero),
    mean(eq(size, 0).to("float32")),
    flat === undefined ? none : mean(flat.to("float32")),
    slope === undefined ? none.add(1) : mean(slope),
  ];
}
