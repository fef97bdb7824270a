import type { LRScheduler, Scheduled } from "@dl/optim";
import type { Args } from "../args.ts";
import { parseSignature, type Signature } from "../signature.ts";

/** What all schedules have. The metric is for those that watch one. */
export interface AnySchedule {
  step(metric?: number): void;
}

/** Builds the schedules that another one is made of. */
export type BuildParts = (name: string) => LRScheduler[];

/** One schedule of PyTorch's and the class that stands for it. */
export interface ScheduleRow {
  /** Without the optimizer, which comes first everywhere. */
  readonly signature: Signature;
  readonly build: (optimizer: Scheduled, a: Args, parts: BuildParts) => AnySchedule;
}

export const scheduleRow = (signature: string, build: ScheduleRow["build"]): ScheduleRow => ({
  signature: parseSignature(signature),
  build,
});
