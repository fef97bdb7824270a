import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed` alone on a line when a run ends. A file that cannot be loaded counts as one failure. Tests
 * that were skipped for a reason, given as `(skipped: reason)` in the name of their suite, are counted before it.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    const skipped = new Map<string, number>();
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        if (state === "failed") failedHere += 1;
        const reason = /\(skipped: (.*)\)/.exec(test.fullName)?.[1];
        if (state === "skipped" && reason !== undefined) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      }
      if (failedHere === 0 && !module.ok()) failedHere = 1;
      failed += failedHere;
    }
    process.on("exit", () => {
      for (const [reason, count] of skipped) console.log(`not run: ${count} tests: ${reason}`);
      console.log(`${passed} passed, ${failed} failed`);
    });
  }
}
