import type { Case } from "../case.ts";
import type { Kind } from "../context.ts";
import { runClipping } from "./clipping.ts";
import { runError } from "./errors.ts";
import { runFunction } from "./function.ts";
import { runDefaultInit, runInit } from "./init.ts";
import { runModel } from "./model.ts";
import { runModule } from "./module.ts";
import { runOptimizer } from "./optimizer.ts";
import { runProgram } from "./program.ts";
import { runRandom } from "./random.ts";
import { runSchedule } from "./schedule.ts";

/** How a case is run. */
export function kindOf(test: Case): Kind {
  if ("error" in test) return runError;
  if ("program" in test) return runProgram;
  if ("spec" in test) return runModel;
  if (test.op.endsWith(":default-init")) return runDefaultInit;
  if (test.op.startsWith("torch.nn.init.") && "shape" in test) return runInit;
  if (test.op.startsWith("torch.optim.lr_scheduler.")) return runSchedule;
  if (test.op.startsWith("torch.optim.")) return runOptimizer;
  if (test.op.startsWith("torch.nn.utils.")) return runClipping;
  if ("expect" in test || "expect_statistics" in test) return runRandom;
  if ("init" in test && "state" in test) return runModule;
  return runFunction;
}
