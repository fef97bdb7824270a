import { packageNames } from "../.vitepress/packages.ts";
import { referenceOf } from "./package.ts";

/** One page per package, made from its doc comments. */
export default {
  watch: ["../../../packages/*/src/**/*.ts"],
  paths: (): Promise<unknown[]> =>
    Promise.all(packageNames.map(async (name) => ({ params: { package: name }, content: await referenceOf(name) }))),
};
