import { Linear, Module, Sequential } from "@dl/layers";
import { xavierNormal_, zeros_ } from "@dl/layers/init";
import type { Tensor } from "@dl/tensor";

/** `x + s f(x)`: what the inner module makes is added to what came in, so that the gradient has a way past it. */
class Residual extends Module {
  readonly inner: Module;
  readonly scale: number;

  constructor(inner: Module, scale: number) {
    super();
    this.inner = inner;
    this.scale = scale;
  }

  override forward(x: Tensor): Tensor {
    return x.add(this.inner.forward(x).mul(this.scale));
  }
}

export interface Deep {
  readonly activation: () => Module;
  /** PyTorch's default first weights, or Xavier's with biases of 0. */
  readonly xavier: boolean;
}

/** 784, then hidden layers of 64, then 10. */
export function deep({ activation, xavier }: Deep, residual: boolean, layers: number): Sequential {
  const hidden = Array.from({ length: layers }, () => {
    const block = new Sequential(new Linear(64, 64), activation());
    return residual ? new Residual(block, 0.2) : block;
  });
  const model = new Sequential(new Linear(784, 64), activation(), ...hidden, new Linear(64, 10));
  for (const [name, parameter] of xavier ? model.namedParameters() : []) {
    if (name.endsWith("bias")) zeros_(parameter);
    else xavierNormal_(parameter);
  }
  return model;
}
