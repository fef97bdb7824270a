export { sameValue } from "./compare.ts";
export { examplesInMarkdown, examplesInSource } from "./extract.ts";
export { instrument } from "./instrument.ts";
