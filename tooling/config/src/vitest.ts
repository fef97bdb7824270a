import { existsSync } from "node:fs";
import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./reporter.ts";

/** The settings every package's tests share: workspace packages come from their sources. */
export function vitestPreset(name: string): ReturnType<typeof defineConfig> {
  return defineConfig({
    resolve: { conditions: ["@dl/source", ...defaultClientConditions] },
    ssr: { resolve: { conditions: ["@dl/source", ...defaultServerConditions] } },
    test: {
      name,
      include: ["test/**/*.test.ts"],
      passWithNoTests: true,
      reporters: ["default", new ClosingLine()],
      testTimeout: 30_000,
      env: softwareDriver,
    },
  });
}

const driver = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** The GPU is tested on the driver in software that comes with Debian's Chromium, where it is installed. */
const softwareDriver: Record<string, string> =
  process.env["VK_ICD_FILENAMES"] === undefined && existsSync(driver) ? { VK_ICD_FILENAMES: driver } : {};
