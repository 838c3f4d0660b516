/** Ids in the published form, 24 lower-case hex digits, out of a random source that nobody can guess ahead. */

import { randomBytes } from 'node:crypto';

const FORM = /^[0-9a-f]{24}$/;

export function newId(): string {
  return randomBytes(12).toString('hex');
}

/** Whether a string can be an id at all. What can't be one is never sent to the database. */
export function isId(value: string): boolean {
  return FORM.test(value);
}
