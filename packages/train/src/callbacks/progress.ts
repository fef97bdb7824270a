import type { Callback } from "../callback.ts";

/** A bar that is told how much is done: cli-progress, a `<progress>` on a page, a line of a log. */
export interface ProgressDisplay {
  update(done: number, values: Readonly<Record<string, number>>): void;
  stop?(): void;
}

export interface ProgressOptions {
  /** Shows a bar of `total` steps; called once when the run begins. Default one line per tenth on the console. */
  display?(total: number): ProgressDisplay;
}

/**
 * Shows how far a run is: steps done of all steps, the loss, and the figures of the last validation.
 *
 * Errors: a run whose length nobody knows, such as epochs over a stream: give `fit` the `steps`.
 *
 * @example
 * const lines = [];
 * const display = (total) => ({ update: (done, { loss }) => lines.push(`${done} of ${total}: ${loss.toFixed(2)}`) });
 * const model = new Linear(1, 1);
 * await fit(model, [zeros([1, 1])], {
 *   loss: (model, x) => model.forward(x).mul(0).sum(),
 *   optimizer: new SGD(model.parameters(), { lr: 0.1 }),
 *   steps: 2,
 *   callbacks: [progressBar({ display })],
 * });
 * lines; // => ["1 of 2: 0.00", "2 of 2: 0.00"]
 */
export function progressBar({ display = lines }: ProgressOptions = {}): Callback {
  let bar: ProgressDisplay | undefined;
  let measured: Readonly<Record<string, number>> = {};
  return {
    onStart({ total }) {
      if (total === Infinity)
        throw new RangeError("progressBar: the length of the run is not known: give fit the number of steps");
      bar = display(total);
    },
    afterStep({ step, loss }) {
      bar?.update(step, { loss, ...measured });
    },
    afterValidation(_run, { epoch: _epoch, step: _step, loss: _loss, ...figures }) {
      measured = figures;
    },
    onEnd() {
      bar?.stop?.();
    },
  };
}

function lines(total: number): ProgressDisplay {
  let tenth = 0;
  return {
    update(done, values) {
      const reached = Math.floor((10 * done) / total);
      if (reached <= tenth) return;
      tenth = reached;
      const figures = Object.entries(values).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
      console.log([`${10 * reached} %`, ...figures].join(" · "));
    },
  };
}
