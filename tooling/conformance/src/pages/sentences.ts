import { Mismatch } from "../compare.ts";
import { NotCovered } from "../context.ts";
import { sentenceOf } from "../kinds/errors.ts";
import type { Group } from "../run.ts";
import { sectionsOf } from "./sections.ts";

/** Every sentence that the error cases bring forth, by op. */
export async function sentencesPage(groups: readonly Group[]): Promise<string> {
  const byOp = new Map<string, Set<string>>();
  const add = (op: string, sentence: string): unknown => byOp.set(op, (byOp.get(op) ?? new Set()).add(sentence));
  for (const { cases, decoder } of groups) {
    for (const test of cases) {
      if (!("error" in test)) continue;
      try {
        add(test.op, await sentenceOf(test, { decoder, factor: 1 }));
      } catch (error) {
        if (error instanceof Mismatch) add(test.op, `(${error.message})`);
        else if (!(error instanceof NotCovered)) throw error;
      }
    }
  }
  return `# What the errors say\n\nGenerated from the error cases by \`src/generate.ts\`.\n\n${sectionsOf(byOp)}`;
}
