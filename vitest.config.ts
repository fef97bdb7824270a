import { defineConfig } from "vitest/config";
import { ClosingLine } from "./tooling/config/src/reporter.ts";

export default defineConfig({
  test: {
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts", "tooling/*/vitest.config.ts"],
    reporters: ["default", new ClosingLine()],
  },
});
