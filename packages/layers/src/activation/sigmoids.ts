import {
  gelu,
  glu,
  hardsigmoid,
  hardswish,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  softplus,
  softsign,
  type Tensor,
  tanh,
  tanhshrink,
} from "@dl/tensor";
import { Module } from "../module.ts";
import { layerText, speakingFor } from "../text.ts";
import { SameShape } from "../widths.ts";

/**
 * `1 / (1 + e⁻ˣ)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Sigmoid().forward(tensor([0])).tolist(); // => [0.5]
 */
export class Sigmoid extends SameShape {
  override forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

/**
 * The hyperbolic tangent. Shape `[...]` to `[...]`.
 *
 * @example
 * new Tanh().forward(tensor([0])).tolist(); // => [0]
 */
export class Tanh extends SameShape {
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/**
 * `x - tanh(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Tanhshrink().forward(tensor([0])).tolist(); // => [0]
 */
export class Tanhshrink extends SameShape {
  override forward(x: Tensor): Tensor {
    return tanhshrink(x);
  }
}

/**
 * `log(sigmoid(x))`. Shape `[...]` to `[...]`.
 *
 * @example
 * new LogSigmoid().forward(tensor([-1000])).tolist(); // => [-1000]
 */
export class LogSigmoid extends SameShape {
  override forward(x: Tensor): Tensor {
    return logSigmoid(x);
  }
}

/**
 * `x · sigmoid(x)`, also known as swish. Shape `[...]` to `[...]`.
 *
 * @example
 * new SiLU().forward(tensor([0])).tolist(); // => [0]
 */
export class SiLU extends SameShape {
  override forward(x: Tensor): Tensor {
    return silu(x);
  }
}

/**
 * `x · tanh(log(1 + eˣ))`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Mish().forward(tensor([0])).tolist(); // => [0]
 */
export class Mish extends SameShape {
  override forward(x: Tensor): Tensor {
    return mish(x);
  }
}

/**
 * `x · Φ(x)`, Φ the normal distribution function; `approximate: "tanh"` for its cheaper form. Shape `[...]` to `[...]`.
 *
 * @example
 * new GELU({ approximate: "tanh" }).forward(tensor([0])).tolist(); // => [0]
 */
export class GELU extends SameShape {
  readonly approximate: "none" | "tanh";

  constructor({ approximate = "none" }: { approximate?: "none" | "tanh" } = {}) {
    super();
    if (approximate !== "none" && approximate !== "tanh")
      throw new TypeError(`GELU: approximate is "none" or "tanh", not ${String(approximate)}`);
    this.approximate = approximate;
  }

  override forward(x: Tensor): Tensor {
    return gelu(x, { approximate: this.approximate });
  }

  override toString(): string {
    return layerText("GELU", [], { approximate: [this.approximate, "none"] });
  }
}

/**
 * `log(1 + e^(beta x)) / beta`, and `x` itself where `beta x` is above `threshold` (20). Shape `[...]` to `[...]`.
 *
 * @example
 * new Softplus().forward(tensor([100])).tolist(); // => [100]
 */
export class Softplus extends SameShape {
  readonly beta: number;
  readonly threshold: number;

  constructor({ beta = 1, threshold = 20 }: { beta?: number; threshold?: number } = {}) {
    super();
    this.beta = beta;
    this.threshold = threshold;
  }

  override forward(x: Tensor): Tensor {
    return softplus(x, { beta: this.beta, threshold: this.threshold });
  }

  override toString(): string {
    return layerText("Softplus", [], { beta: [this.beta, 1], threshold: [this.threshold, 20] });
  }
}

/**
 * `x / (1 + |x|)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Softsign().forward(tensor([-1])).tolist(); // => [-0.5]
 */
export class Softsign extends SameShape {
  override forward(x: Tensor): Tensor {
    return softsign(x);
  }
}

/**
 * `x / 6 + 1/2` kept between 0 and 1. Shape `[...]` to `[...]`.
 *
 * @example
 * new Hardsigmoid().forward(tensor([-4, 0, 4])).tolist(); // => [0, 0.5, 1]
 */
export class Hardsigmoid extends SameShape {
  override forward(x: Tensor): Tensor {
    return hardsigmoid(x);
  }
}

/**
 * `x · hardsigmoid(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Hardswish().forward(tensor([-4, 4])).tolist(); // => [0, 4]
 */
export class Hardswish extends SameShape {
  override forward(x: Tensor): Tensor {
    return hardswish(x);
  }
}

/**
 * `a · sigmoid(b)` for the halves a and b of `dim` (-1). Shape `[..., 2n, ...]` to `[..., n, ...]`.
 *
 * @example
 * new GLU().forward(tensor([1, 2, 0, 0])).tolist(); // => [0.5, 1]
 */
export class GLU extends Module {
  readonly dim: number;

  constructor({ dim = -1 }: { dim?: number } = {}) {
    super();
    this.dim = dim;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => glu(x, { dim: this.dim }));
  }

  override toString(): string {
    return layerText("GLU", [], { dim: [this.dim, -1] });
  }
}
