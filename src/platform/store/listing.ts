/**
 * Lists in pages. A page begins after the row that the one before ended with, so that what is written or deleted in
 * between moves no row to another page: nothing is listed twice, and nothing is left out.
 */

import { and, asc, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isId } from './id.ts';

export interface PageRequest {
  /** Rows at most; all of them where it is missing. */
  readonly limit?: number;
  /** A `next` of an earlier page. */
  readonly cursor?: Cursor;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; null on the last. */
  readonly next: Cursor | null;
}

/** The row that a page ended with. */
export interface Cursor {
  readonly createdAt: Date;
  readonly id: string;
}

type Order = 'oldest first' | 'newest first';

/** As it travels, for whoever sends it back unread. */
export function encodeCursor({ createdAt, id }: Cursor): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');
}

/** Null for what was never a cursor. Fourteen digits end in the year 5138: the database reads no year of five. */
export function decodeCursor(text: string): Cursor | null {
  const [, ms, id] = /^(\d{1,14})\.(\w+)$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  return ms !== undefined && id !== undefined && isId(id) ? { createdAt: new Date(Number(ms)), id } : null;
}

/** What comes after the cursor. */
export function after(table: { createdAt: PgColumn; id: PgColumn }, order: Order, cursor?: Cursor): SQL | undefined {
  if (!cursor) return undefined;
  const beyond = order === 'oldest first' ? gt : lt;
  const { createdAt, id } = cursor;
  return or(beyond(table.createdAt, createdAt), and(eq(table.createdAt, createdAt), beyond(table.id, id)));
}

export function ordered(table: { createdAt: PgColumn; id: PgColumn }, order: Order): [SQL, SQL] {
  return order === 'oldest first' ? [asc(table.createdAt), asc(table.id)] : [desc(table.createdAt), desc(table.id)];
}

/** How many rows to ask for: one more than is wanted, which tells whether there is a next page. */
export function fetched({ limit }: PageRequest): number {
  return limit === undefined ? Number.MAX_SAFE_INTEGER : limit + 1;
}

export function pageOf<Row extends Cursor>(rows: readonly Row[], { limit }: PageRequest): Listed<Row> {
  if (limit === undefined || rows.length <= limit) return { rows, next: null };
  const shown = rows.slice(0, limit);
  const { createdAt, id } = shown.at(-1)!;
  return { rows: shown, next: { createdAt, id } };
}
