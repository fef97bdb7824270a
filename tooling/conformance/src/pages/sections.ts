/** A heading for every op, and its lines as they are. */
export function sectionsOf(byOp: ReadonlyMap<string, ReadonlySet<string>>): string {
  const sorted = [...byOp].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.map(
    ([op, lines]) =>
      `## ${op}\n\n${[...lines]
        .sort()
        .map((line) => `    ${line}\n`)
        .join("")}`,
  );
  return parts.join("\n");
}
