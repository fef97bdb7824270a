import { shapeText, Tensor } from "@dl/tensor";

/** A loss with its options, for code that is handed one: `forward` calls the function of the same name. */
export abstract class Loss<Options extends object> {
  readonly name: string;
  readonly options: Options;

  constructor(name: string, options: Options) {
    this.name = name;
    this.options = options;
  }

  abstract forward(...inputs: readonly unknown[]): Tensor;

  /** `SmoothL1Loss(beta=0.5)`: the options that were given. */
  toString(): string {
    const options: [string, unknown][] = Object.entries(this.options);
    const given = options.filter(([, value]) => value !== undefined);
    return `${this.name}(${given.map(([key, value]) => `${key}=${optionText(value)}`).join(", ")})`;
  }
}

function optionText(value: unknown): string {
  if (value instanceof Tensor) return shapeText(value.shape);
  return typeof value === "function" ? value.name || "function" : String(value);
}
