import { join } from "node:path";
import { circles } from "./circles.ts";
import { misplacedDependencies, misplacedImports } from "./floors.ts";
import { houseRules } from "./house.ts";
import { readWorkspace, sourcesOf } from "./workspace.ts";

const root = join(import.meta.dirname, "../../..");
const problems: string[] = [];
let files = 0;
for (const workspace of readWorkspace(root)) {
  problems.push(...misplacedDependencies(workspace));
  const sources = sourcesOf(workspace, root);
  files += sources.length;
  for (const source of sources) {
    problems.push(...misplacedImports(workspace, source), ...houseRules(source));
  }
  problems.push(...circles(sources));
}
for (const problem of problems) console.error(problem);
console.log(`floors: ${files} files read, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
