/**
 * Ends a test run with one line of totals: `N passed, N failed`. Before it stand the tests that were skipped, each with
 * the reason, and the browsers and the database that were left out.
 */

import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { chosen } from './engines/which.ts';

const PLATFORM_TESTS = '/tests/unit/platform/';

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const notes: string[] = [];
    let broken = errors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        count[test.result().state] += 1;
        if (test.result().state === 'skipped') notes.push(skipped(test));
      }
      // A file that failed to load has no tests to count, yet it has failed.
      if (module.errors().length > 0) broken += 1;
    }
    const failed = count.failed + broken + (reason === 'passed' ? 0 : Number(count.failed + broken === 0));
    const unseen = count.skipped + count.pending;
    if (modules.some(({ project }) => project.isBrowserEnabled())) {
      notes.push(...chosen.leftOut.map((engine) => `not tested in ${engine}`));
    }
    if (!process.env['TEST_DATABASE_URL'] && modules.some(({ moduleId }) => moduleId.includes(PLATFORM_TESTS))) {
      notes.push('not tested on PostgreSQL: TEST_DATABASE_URL names no server');
    }
    // On exit: other reporters still have their summaries to write.
    process.once('exit', () => {
      for (const note of notes) console.log(note);
      console.log(`${count.passed} passed, ${failed} failed${unseen > 0 ? `, ${unseen} skipped` : ''}`);
    });
  }
}

function skipped(test: TestCase): string {
  const result = test.result();
  const reason = result.state === 'skipped' && result.note ? `: ${result.note}` : '';
  return `skipped in ${test.project.name}: ${test.fullName}${reason}`;
}
