/** What a run says last. */

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestCase, TestModule, TestResult } from 'vitest/node';
import { closing } from '../totals-reporter.ts';

interface Given {
  file: string;
  tests?: Record<string, Partial<TestResult>>;
  errors?: string[];
}

function ran({ file, tests = {}, errors = [] }: Given): TestModule {
  const module: unknown = {
    moduleId: resolve(file),
    project: { name: 'unit' },
    errors: () => errors.map((message) => ({ message })),
    children: {
      allTests: () =>
        Object.entries(tests).map(
          ([fullName, result]) =>
            ({ fullName, module, project: { name: 'unit' }, result: () => result }) as unknown as TestCase,
        ),
    },
  };
  return module as TestModule;
}

const error = (message: string, diff?: string) => ({ message, ...(diff ? { diff } : {}) });

describe('the last lines of a run', () => {
  it('are totals alone where all passed', () => {
    expect(closing([ran({ file: 'a.test.ts', tests: { one: { state: 'passed' } } })], [], 'passed')).toEqual([
      '1 passed, 0 failed',
    ]);
  });

  it('name each reason to skip once, and each failure with its error, last', () => {
    const modules = [
      ran({
        file: 'tests/a.test.ts',
        tests: {
          red: { state: 'failed', errors: [error('expected 1 to be 2', '- 2\n+ 1')] } as Partial<TestResult>,
          green: { state: 'passed' },
          here: { state: 'skipped', note: 'no such device' } as Partial<TestResult>,
          there: { state: 'skipped', note: 'no such device' } as Partial<TestResult>,
          late: { state: 'pending' },
        },
      }),
      ran({ file: 'tests/b.test.ts', errors: ['no such module'] }),
    ];
    expect(closing(modules, [new Error('nobody caught this')], 'failed').join('\n')).toBe(
      [
        'skipped in unit: no such device (2)',
        'skipped in unit: not reached (1)',
        '',
        'failed in unit: tests/a.test.ts > red',
        '  expected 1 to be 2',
        '  - 2',
        '  + 1',
        '',
        'failed in unit: tests/b.test.ts',
        '  no such module',
        '',
        'failed outside of any test',
        '  nobody caught this',
        '',
        '1 passed, 3 failed, 3 skipped',
      ].join('\n'),
    );
  });

  it('count a run that was interrupted as a failure', () => {
    expect(closing([], [], 'interrupted')).toEqual(['\nthe run was interrupted', '\n0 passed, 1 failed']);
  });

  it('cut an error that is a page long', () => {
    const tests = { red: { state: 'failed', errors: [error('x'.repeat(100_000))] } as Partial<TestResult> };
    expect(closing([ran({ file: 'a.test.ts', tests })], [], 'failed').join('\n').length).toBeLessThan(2_000);
  });
});
