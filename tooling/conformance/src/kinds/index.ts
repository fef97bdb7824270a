import type { Case } from "../case.ts";
import type { Kind } from "../context.ts";
import { runError } from "./errors.ts";
import { runFunction } from "./function.ts";
import { runModule } from "./module.ts";
import { runProgram } from "./program.ts";

/** How a case is run. */
export function kindOf(test: Case): Kind {
  if ("error" in test) return runError;
  if ("program" in test) return runProgram;
  if ("init" in test && "state" in test && "outputs" in test) return runModule;
  return runFunction;
}
