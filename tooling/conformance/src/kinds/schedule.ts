import { LRScheduler, SGD } from "@dl/optim";
import { zeros } from "@dl/tensor";
import { bind, TableError } from "../args.ts";
import { type Case, isList, type JsonObject, listAt, numberAt, objectAt, objectsAt, textAt } from "../case.ts";
import { isClose, Mismatch } from "../compare.ts";
import { type Context, NotCovered, tolerance } from "../context.ts";
import type { Decoder } from "../decode.ts";
import { schedules } from "../table/index.ts";
import type { AnySchedule } from "../table/schedule-row.ts";
import { recordOf } from "./function.ts";

const prefix = "torch.optim.lr_scheduler.";

/** The rates, and momenta where the case gives them, at the start and after every step. */
export async function runSchedule(test: Case, context: Context): Promise<void> {
  const within = tolerance(test, context);
  const params = listAt(test, "base_lrs").map((lr) => ({ params: [zeros([2])], lr: Number(lr) }));
  const optimizer = new SGD(params, { lr: 0.1, momentum: 0.9 });
  const schedule = build(test.op, objectAt(test, "kwargs"), optimizer, context.decoder);
  const metrics = listAt(test, "metrics");
  for (let step = 0; step <= numberAt(test, "steps"); step++) {
    if (step > 0) schedule.step(metrics.length > 0 ? Number(metrics[step - 1]) : undefined);
    for (const [list, name] of [
      ["lrs", "lr"],
      ["momentums", "momentum"],
    ] as const) {
      const expected = listAt(test, list)[step];
      if (!isList(expected)) continue;
      optimizer.paramGroups.forEach((group, i) => {
        if (isClose(group[name], Number(expected[i]), within)) return;
        throw new Mismatch(
          `${name} of group ${i} after ${step} steps is ${group[name]}, expected ${Number(expected[i])}`,
        );
      });
    }
  }
}

/** A schedule, with those that it is made of. */
function build(op: string, kwargs: JsonObject, optimizer: SGD, decoder: Decoder): AnySchedule {
  const row = schedules.get(op);
  if (row === undefined) throw new NotCovered(op);
  const parts = (key: string): LRScheduler[] =>
    objectsAt(kwargs, key).map((each) =>
      plain(build(prefix + textAt(each, "name"), objectAt(each, "kwargs"), optimizer, decoder)),
    );
  return row.build(optimizer, bind(row.signature, [], recordOf(decoder.value(kwargs))), parts);
}

function plain(schedule: AnySchedule): LRScheduler {
  if (schedule instanceof LRScheduler) return schedule;
  throw new TableError("schedule: only schedules without a metric can be combined");
}
