/**
 * Facts are waited for as long as a busy machine may take. Vitest's own second is too short for code that is fetched
 * first, or for a sound device that opens beside two other browsers. What never comes fails all the same, only later.
 */

import { vi } from 'vitest';

/** As `expect.poll` has it, by `vitest.config.ts`; for these two there is no option. */
const PATIENCE_MS = 10_000;

const { waitFor, waitUntil } = vi;

type Options = Parameters<typeof waitFor>[1];

const patient = (options: Options): Options =>
  typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options };

vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
