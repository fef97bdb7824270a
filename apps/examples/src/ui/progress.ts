import { clearLine, cursorTo } from "node:readline";
import cliProgress from "cli-progress";

/** What a progress bar may be told. */
export interface ProgressOptions {
  /** What is under way: `"epoch 1/3"`. */
  readonly label?: string;
  /** What is counted, for the speed: `"images"` gives `images/s`. */
  readonly unit?: string;
}

/** A piece of work of known size under way. */
export interface Progress {
  /** `done` items in all are finished; `values` are shown beside (`accuracy` as a percentage), else those before. */
  update(done: number, values?: Values): void;
  /** Prints above the bar. */
  log(text: string): void;
  /** Ends the bar; a second call does nothing. */
  stop(): void;
}

/** Where a progress bar is drawn, and by which clock (milliseconds). */
export interface Screen {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly now?: () => number;
}

/**
 * A live bar on a terminal; elsewhere (a file, CI) a plain line about every tenth of the work.
 *
 * @throws RangeError if `total` is no positive number
 *
 * @example
 * const bar = progress(60_000, { label: "epoch 1/3", unit: "images" });
 * bar.update(6_400, { loss: 0.31, accuracy: 0.906 });
 * bar.stop();
 */
export function progress(
  total: number,
  { label = "", unit = "steps" }: ProgressOptions = {},
  { stream, now = Date.now }: Screen = { stream: process.stdout },
): Progress {
  if (!(total > 0 && Number.isFinite(total))) throw new RangeError(`progress: total is ${total}, wanted above 0`);
  const start = now();
  const describe: Describe = (done, values) => describeState(done, total, (now() - start) / 1000, unit, values);
  const bar = (stream.isTTY ? liveBar : plainLines)(total, label, stream, describe);
  let latest: Values = {};
  return {
    ...bar,
    update(done, values = latest) {
      latest = values;
      bar.update(done, values);
    },
  };
}

type Values = Readonly<Record<string, number>>;
type Describe = (done: number, values: Values) => string;

/** A progress bar that is told all values each time. */
interface Bar extends Progress {
  update(done: number, values: Values): void;
}

function liveBar(total: number, label: string, stream: NodeJS.WritableStream, describe: Describe): Bar {
  const bar = new cliProgress.SingleBar(
    {
      stream,
      format: `${label} {bar} {state}`.trim(),
      barsize: 20,
      hideCursor: true,
      linewrap: false,
      // a training loop is synchronous: no timer fires in it, so the bar is drawn by update
      synchronousUpdate: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { state: describe(0, {}) });
  let running = true;
  return {
    update(done, values) {
      if (running) bar.update(done, { state: describe(done, values) });
    },
    log(text) {
      if (running) {
        cursorTo(stream, 0);
        clearLine(stream, 0);
      }
      stream.write(`${text}\n`);
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

function plainLines(total: number, label: string, stream: NodeJS.WritableStream, describe: Describe): Bar {
  let tenth = 0;
  return {
    update(done, values) {
      const reached = Math.floor((10 * done) / total);
      if (reached <= tenth) return;
      tenth = reached;
      stream.write(`${`${label} ${describe(done, values)}`.trim()}\n`);
    },
    log(text) {
      stream.write(`${text}\n`);
    },
    stop() {},
  };
}

function describeState(done: number, total: number, seconds: number, unit: string, values: Values): string {
  const parts = [`${Math.floor((100 * done) / total)} %`.padStart(5)];
  for (const [name, value] of Object.entries(values)) parts.push(`${name} ${shown(name, value)}`);
  if (done > 0 && seconds > 0) {
    parts.push(`${Math.round(done / seconds).toLocaleString("en")} ${unit}/s`);
    parts.push(done < total ? `${duration(((total - done) * seconds) / done)} left` : duration(seconds));
  }
  return parts.join(" · ");
}

function shown(name: string, value: number): string {
  return /accuracy/i.test(name) ? `${(100 * value).toFixed(1)} %` : value.toFixed(4);
}

/** `42 s`, `3 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
