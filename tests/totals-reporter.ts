/**
 * Ends a test run with one line of totals: `N passed, N failed`. Before it stand, the most important last: the browsers
 * and the database that were left out, how many tests were skipped and why, and each test that failed, with its error.
 */

import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { chosen } from './engines/which.ts';

const PLATFORM_TESTS = '/tests/unit/platform/';

/** Longer errors, such as a whole page that lacks a word, are cut: Vitest prints them whole further up. */
const ERROR_LENGTH = 1_500;

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const lines = [...leftOut(modules), ...closing(modules, errors, reason)];
    // On exit: other reporters still have their summaries to write.
    process.once('exit', () => lines.forEach((line) => console.log(line)));
  }
}

/** The last lines of a run: what was skipped, what failed, the totals. */
export function closing(
  modules: readonly TestModule[],
  errors: readonly unknown[],
  reason: TestRunEndReason,
): string[] {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (...states: string[]) => tests.filter((test) => states.includes(test.result().state));
  const failed = [
    ...inState('failed').map(failedTest),
    // A file that failed to load has no tests to count, yet it has failed.
    ...modules.filter((module) => module.errors().length > 0).map(failedFile),
    ...errors.map((error) => `failed outside of any test\n${indented(messageOf(error))}`),
  ];
  if (failed.length === 0 && reason !== 'passed') failed.push(`the run was ${reason}`);
  const unseen = inState('skipped', 'pending');
  const totals = `${inState('passed').length} passed, ${failed.length} failed`;
  return [
    ...skippedTogether(unseen),
    ...failed.map((text) => `\n${text}`),
    `${failed.length > 0 ? '\n' : ''}${totals}${unseen.length > 0 ? `, ${unseen.length} skipped` : ''}`,
  ];
}

function leftOut(modules: readonly TestModule[]): string[] {
  const notes: string[] = [];
  if (modules.some(({ project }) => project.isBrowserEnabled())) {
    notes.push(...chosen.leftOut.map((engine) => `not tested in ${engine}`));
  }
  if (!process.env['TEST_DATABASE_URL'] && modules.some(({ moduleId }) => moduleId.includes(PLATFORM_TESTS))) {
    notes.push('not tested on PostgreSQL: TEST_DATABASE_URL names no server');
  }
  return notes;
}

/** One line for all tests that a project skipped for one reason. */
function skippedTogether(tests: readonly TestCase[]): string[] {
  const counts = new Map<string, number>();
  for (const test of tests) {
    const result = test.result();
    const reason = result.state === 'skipped' ? (result.note ?? 'without a reason') : 'not reached';
    const text = `skipped in ${test.project.name}: ${reason}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `${text} (${count})`);
}

function failedTest(test: TestCase): string {
  const errors = test.result().errors ?? [];
  return [`failed in ${test.project.name}: ${fileOf(test.module)} > ${test.fullName}`, ...errors.map(told)].join('\n');
}

function failedFile(module: TestModule): string {
  return [`failed in ${module.project.name}: ${fileOf(module)}`, ...module.errors().map(told)].join('\n');
}

function fileOf({ moduleId }: TestModule): string {
  return relative(process.cwd(), moduleId);
}

function told(error: { message: string; diff?: string | undefined }): string {
  return indented(error.diff ? `${error.message}\n${error.diff}` : error.message);
}

function messageOf(error: unknown): string {
  return error instanceof Object && 'message' in error ? String(error.message) : String(error);
}

function indented(text: string): string {
  const cut = text.length > ERROR_LENGTH ? `${text.slice(0, ERROR_LENGTH)} ...` : text;
  return cut.replace(/^/gm, '  ');
}
