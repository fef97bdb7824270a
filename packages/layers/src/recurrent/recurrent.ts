import { cat, dropout, type Generator, operandsText, sameShape, shapeText, Tensor, zeros } from "@dl/tensor";
import { uniform_ } from "../init/index.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkProbability, checkSizes, layerText } from "../text.ts";
import { climb, type Ran } from "./climb.ts";
import type { Direction } from "./sequence.ts";
import { type Reading, readingOf, type Sequences } from "./sequences.ts";
import { runBackward, runForward, type Step } from "./steps.ts";

export interface RecurrentOptions {
  /** Layers on top of each other, each reading the outputs of the one below. Default 1. */
  numLayers?: number;
  /** Whether biases are there and learnt. Default true. */
  bias?: boolean;
  /** x and the output are `[batch, length, ...]` instead of `[length, batch, ...]`. Default false. */
  batchFirst?: boolean;
  /** Probability of a zero between two layers, in training. Default 0. */
  dropout?: number;
  /** A second direction reads from last to first; its outputs come after those of the first. Default false. */
  bidirectional?: boolean;
  /** Draws the initial values and what is dropped; default the default generator. */
  generator?: Generator | undefined;
}

/** The weights of one layer and direction. */
export interface DirectionWeights {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly biasIh: Tensor | undefined;
  readonly biasHh: Tensor | undefined;
  readonly weightHr: Tensor | undefined;
}

/** All steps of a layer and direction: from x `[length, n, in]` and the state before the first of them. */
export type Sequence = (x: Tensor, state: readonly Tensor[], direction: Direction) => Ran<Tensor>;

/** The state in which each layer and direction starts. */
type Start = (index: number) => readonly Tensor[];

/** Outputs, and the final state of each layer and direction. */
interface Passed {
  readonly output: Sequences;
  readonly states: readonly (readonly Tensor[])[];
}

/** Outputs, and the parts of the final state. */
interface Pass {
  readonly output: Sequences;
  readonly states: readonly Tensor[];
}

/** What recurrent layers share: their parameters, and the way through layers, directions and steps. */
export abstract class Recurrent<State, Result> extends Module<[x: Sequences, state?: State], Result> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly bias: boolean;
  readonly batchFirst: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  /** Size of a projected hidden state; 0 where there is no projection. */
  readonly projSize: number;
  readonly generator: Generator | undefined;

  constructor(
    inputSize: number,
    hiddenSize: number,
    gates: number,
    {
      numLayers = 1,
      bias = true,
      batchFirst = false,
      dropout: p = 0,
      bidirectional = false,
      generator,
    }: RecurrentOptions,
    projSize = 0,
  ) {
    super();
    const who = new.target.name;
    checkSizes(who, { inputSize, hiddenSize, numLayers }, 1);
    checkSizes(who, { projSize });
    checkProbability(who, "dropout", p);
    if (projSize >= hiddenSize)
      throw new RangeError(`${who}: projSize must be smaller than hiddenSize: ${projSize} and ${hiddenSize}`);
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.numLayers = numLayers;
    this.bias = bias;
    this.batchFirst = batchFirst;
    this.dropout = p;
    this.bidirectional = bidirectional;
    this.projSize = projSize;
    this.generator = generator;
    this.#makeParameters(gates * hiddenSize);
  }

  /** One step with the weights of a layer and direction. */
  protected abstract stepWith(weights: DirectionWeights): Step;

  /** All steps at once with the weights of a layer and direction; never asked for where there is a projection. */
  protected abstract sequenceWith(weights: DirectionWeights): Sequence;

  /** Sizes of the parts of the state. */
  protected abstract stateSizes(): Readonly<Record<string, number>>;

  /** Runs all layers. `given` are the parts of the initial state, zeros where it is left out. */
  protected pass(x: Sequences, given: readonly Tensor[] | undefined): Pass {
    const reading = readingOf(x, this.inputSize, this.batchFirst);
    const start = this.#initialState(reading, given);
    const { output, states } =
      reading.whole === undefined || this.projSize > 0
        ? this.#passSteps(reading, start)
        : this.#passWhole(reading, reading.whole, start);
    const names = Object.keys(this.stateSizes());
    return { output, states: names.map((_, k) => reading.states(states.map((state) => state[k] as Tensor))) };
  }

  #passWhole(reading: Reading, whole: Tensor, start: Start): Passed {
    const { output, states } = climb(whole, {
      ...this.#shape(),
      run: (x, layer, reverse, index) => {
        const sequence = this.sequenceWith(this.#weightsOf(layer, reverse));
        return sequence(x, start(index), { reverse });
      },
      beside: (first, second) => cat([first, second], { dim: -1 }),
      between: (x) => this.#dropped(x),
    });
    return { output: reading.fromWhole(output), states };
  }

  #passSteps(reading: Reading, start: Start): Passed {
    const { output, states } = climb(reading.steps(), {
      ...this.#shape(),
      run: (steps, layer, reverse, index) => {
        const step = this.stepWith(this.#weightsOf(layer, reverse));
        return reverse ? runBackward(steps, start(index), step) : runForward(steps, start(index), step);
      },
      beside: (first, second) => first.map((each, t) => cat([each, second[t] as Tensor], { dim: 1 })),
      between: (steps) => steps.map((x) => this.#dropped(x)),
    });
    return { output: reading.fromSteps(output), states };
  }

  #shape(): { numLayers: number; bidirectional: boolean } {
    return { numLayers: this.numLayers, bidirectional: this.bidirectional };
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.inputSize, this.hiddenSize], this.told());
  }

  /** Options as they print. */
  protected told(): Readonly<Record<string, readonly [unknown, unknown]>> {
    return {
      numLayers: [this.numLayers, 1],
      bias: [this.bias, true],
      batchFirst: [this.batchFirst, false],
      dropout: [this.dropout, 0],
      bidirectional: [this.bidirectional, false],
    };
  }

  #dropped(x: Tensor): Tensor {
    return dropout(x, { p: this.dropout, training: this.training, generator: this.generator });
  }

  /** Every parameter is a field of its own, named as in PyTorch: `weightIhL0` or `biasHhL1Reverse`. */
  #makeParameters(rows: number): void {
    const { inputSize, hiddenSize, projSize, numLayers, bidirectional, bias, generator } = this;
    const outputs = projSize === 0 ? hiddenSize : projSize;
    const bound = 1 / Math.sqrt(hiddenSize);
    for (let layer = 0; layer < numLayers; layer++) {
      const inputs = layer === 0 ? inputSize : outputs * (bidirectional ? 2 : 1);
      for (const suffix of suffixes(layer, bidirectional)) {
        const shapes = {
          [`weightIh${suffix}`]: [rows, inputs],
          [`weightHh${suffix}`]: [rows, outputs],
          ...(bias && { [`biasIh${suffix}`]: [rows], [`biasHh${suffix}`]: [rows] }),
          ...(projSize > 0 && { [`weightHr${suffix}`]: [projSize, hiddenSize] }),
        };
        for (const [field, shape] of Object.entries(shapes)) {
          const parameter = uniform_(new Parameter(zeros(shape)), { a: -bound, b: bound, generator });
          Object.assign(this, { [field]: parameter });
        }
      }
    }
  }

  #weightsOf(layer: number, reverse: boolean): DirectionWeights {
    const suffix = `L${layer}${reverse ? "Reverse" : ""}`;
    const field = (name: string): Tensor | undefined => {
      const value: unknown = Reflect.get(this, `${name}${suffix}`);
      return value instanceof Tensor ? value : undefined;
    };
    const needed = (name: string): Tensor => {
      const value = field(name);
      if (value === undefined) throw new Error(`${this}: the parameter ${name}${suffix} is gone`);
      return value;
    };
    return {
      weightIh: needed("weightIh"),
      weightHh: needed("weightHh"),
      biasIh: field("biasIh"),
      biasHh: field("biasHh"),
      weightHr: field("weightHr"),
    };
  }

  /** The state `[n, size]` in which each layer and direction starts. */
  #initialState(reading: Reading, given: readonly Tensor[] | undefined): Start {
    const count = this.numLayers * (this.bidirectional ? 2 : 1);
    const sizes = Object.entries(this.stateSizes());
    if (given === undefined) {
      const { dtype, device } = reading.whole ?? (reading.steps()[0] as Tensor);
      const parts = sizes.map(([, size]) => zeros([reading.count, size], { dtype, device }));
      return () => parts;
    }
    for (const [k, [name, size]] of sizes.entries()) {
      const part = given[k];
      const wanted = [count, ...reading.batch, size];
      if (part !== undefined && sameShape(part.shape, wanted)) continue;
      const found = part === undefined ? "it is missing" : operandsText({ [name]: part });
      throw new RangeError(`recurrent: the initial ${name} must be ${shapeText(wanted)} ${found}`);
    }
    return (index) => given.map((part) => reading.stateAt(part, index));
  }
}

const suffixes = (layer: number, bidirectional: boolean): string[] =>
  bidirectional ? [`L${layer}`, `L${layer}Reverse`] : [`L${layer}`];
