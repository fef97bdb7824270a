import type { Json } from "@dl/browser";
import type { Run } from "../report.ts";
import type { Outcome } from "../run.ts";

/** An outcome as JSON has it. */
type Posted = Omit<Outcome, "notCovered"> & { readonly notCovered: readonly [string, number][] };

/** A run as a page posts it. */
export const answerOf = ({ outcomes, ops, note }: Run): Json => ({
  outcomes: JSON.stringify(outcomes.map((each): Posted => ({ ...each, notCovered: [...each.notCovered] }))),
  ops: JSON.stringify(ops),
  note,
});

/** The run that a page has posted. */
export function runFrom(posted: Json): Run {
  const { outcomes, ops, note } = posted as Readonly<Record<string, string>>;
  const list: Posted[] = JSON.parse(outcomes ?? "[]");
  return {
    outcomes: list.map((each) => ({ ...each, notCovered: new Map(each.notCovered) })),
    ops: JSON.parse(ops ?? "{}"),
    note: note ?? "",
  };
}
