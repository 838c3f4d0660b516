/** Ends a test run with one line of totals: `N passed, N failed`. */

import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let broken = errors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that failed to load has no tests to count, yet it has failed.
      if (module.errors().length > 0) broken += 1;
    }
    const failed = count.failed + broken + (reason === 'passed' ? 0 : Number(count.failed + broken === 0));
    const skipped = count.skipped + count.pending;
    // On exit: other reporters still have their summaries to write.
    process.once('exit', () => {
      console.log(`${count.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    });
  }
}
