export { type CustomFunction, customGradient, type Saving } from "./custom.ts";
export {
  type BackwardExplanation,
  type BackwardInput,
  type BackwardStep,
  type ExplainOptions,
  explainBackward,
} from "./explain.ts";
export { type FunctionalOptions, hessian, hvp, jacobian, jvp, type TensorFunction, vjp } from "./functional.ts";
export { type GradOptions, grad } from "./grad.ts";
export { registerHook, requiresGrad_, retainGrad } from "./leaf.ts";
export { enableGrad, isGradEnabled, noGrad } from "./mode.ts";
export type { AnyRule, Context, InputGradient, Rule, Saved } from "./rule.ts";
export { derived, formulaGradient, gradient, keeping, notDifferentiable } from "./rule.ts";
export { savedTensors } from "./saved.ts";
export { rules } from "./table.ts";
export { type GradcheckOptions, gradcheck, numericalGrad } from "./testing.ts";
