import { Writable } from "node:stream";
import type { Example } from "../src/example.ts";
import { runCommand, type Settings } from "../src/runner.ts";

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly prepared: Settings | undefined;
}

/** Runs the command with one example, no devices, and a clock that advances 250 ms at each look. */
export async function runWith(example: Example, argv: readonly string[], folder = "/"): Promise<Outcome> {
  const stream = new Recorder();
  let time = 0;
  let prepared: Settings | undefined;
  const code = await runCommand(argv, {
    examples: { chapters: new Map([["chapter", [example.name]]]), load: async () => example },
    devices: ["cpu", "wasm"],
    maxThreads: 4,
    prepare(settings) {
      prepared = settings;
      return settings.device ?? "wasm";
    },
    folder,
    screen: { stream, now: () => (time += 250) },
  });
  return { code, printed: stream.text, prepared };
}

/** A stream that keeps what is written to it. */
export class Recorder extends Writable {
  text = "";
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
