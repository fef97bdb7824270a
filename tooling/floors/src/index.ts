export { circles } from "./circles.ts";
export { floors, misplacedDependencies, misplacedImports } from "./floors.ts";
export { houseRules } from "./house.ts";
export { readSource, type Source } from "./source.ts";
export { type Manifest, readWorkspace, sourcesOf, type Workspace } from "./workspace.ts";
