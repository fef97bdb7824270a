import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";

/** A bar that is drawn over itself on a terminal, and nowhere else. */
export interface Progress {
  step(): void;
  stop(): void;
}

export function progress(total: number, stream: WriteStream): Progress {
  let done = 0;
  let drawn = -1;
  return {
    step() {
      done++;
      const tenths = Math.floor((1000 * done) / total);
      if (!stream.isTTY || tenths === drawn) return;
      drawn = tenths;
      const full = Math.floor((30 * done) / total);
      cursorTo(stream, 0);
      stream.write(`${"█".repeat(full)}${"░".repeat(30 - full)} ${done} of ${total}`);
    },
    stop() {
      if (!stream.isTTY) return;
      cursorTo(stream, 0);
      clearLine(stream, 0);
    },
  };
}
