/** What an engine can't do: the tests of that are skipped there, each with its reason. */

import type { TestContext } from 'vitest';
import { server } from 'vitest/browser';

/** Ends the running test as skipped in an engine that is named here, and says why. */
export function cannot(test: TestContext, reasons: { firefox?: string; webkit?: string }): void {
  const reason = (reasons as Record<string, string | undefined>)[server.browser];
  if (reason) test.skip(reason);
}
