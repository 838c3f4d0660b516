/** API keys. A key is shown once, when it is issued; what stays is its SHA-256. */

import { and, eq, isNull } from 'drizzle-orm';
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { apiKeys } from './schema.ts';
import type { Scope } from './scopes.ts';

/** Lets secret scanners recognise a leaked key. */
const PREFIX = 'indigenius_';

/** What a valid key stands for. */
export interface KeyHolder {
  readonly keyId: string;
  readonly organisationId: string;
  readonly scopes: readonly string[];
}

export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Never, where missing. */
  readonly expiresAt?: Date;
}

export class Keys {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a key of 256 random bits. It can't be read again. */
  async issueKey(organisationId: string, request: KeyRequest): Promise<string> {
    const key = PREFIX + randomBytes(32).toString('base64url');
    await this.#database.insert(apiKeys).values({
      organisationId,
      name: request.name,
      hash: hashOf(key),
      scopes: [...request.scopes],
      expiresAt: request.expiresAt ?? null,
    });
    return key;
  }

  /** Null for a key that is unknown, revoked or expired. */
  async check(key: string, now = new Date()): Promise<KeyHolder | null> {
    const [row] = await this.#database
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.hash, hashOf(key)));
    if (row === undefined || row.revokedAt !== null) return null;
    if (row.expiresAt !== null && row.expiresAt <= now) return null;
    return { keyId: row.id, organisationId: row.organisationId, scopes: row.scopes };
  }

  /** Revokes every key of this name. */
  async revokeNamed(organisationId: string, name: string): Promise<void> {
    await this.#database
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiKeys.organisationId, organisationId), eq(apiKeys.name, name), isNull(apiKeys.revokedAt)));
  }
}

// A plain hash is enough: the keys are random, there is nothing to guess from a dictionary.
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
