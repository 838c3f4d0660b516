/** API keys. A key is shown once, when it is issued; what stays is its SHA-256. */

import { and, eq, getTableColumns, isNull, type SQL } from 'drizzle-orm';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { after, fetched, type Listed, ordered, pageOf, type PageRequest } from './listing.ts';
import { apiKeys } from './schema.ts';
import type { Scope } from './scopes.ts';

/** Lets secret scanners recognise a leaked key. */
const PREFIX = 'indigenius_';
/** Enough to know a key again, too little to guess the rest. */
const START_LENGTH = PREFIX.length + 4;

/** A key without its hash. */
export type Key = Omit<typeof apiKeys.$inferSelect, 'hash'>;

/** What a valid key stands for. */
export interface KeyHolder {
  readonly keyId: string;
  readonly organisationId: string;
  readonly scopes: readonly string[];
  /** Requests; null for no limit. */
  readonly perMinute: number | null;
  readonly perHour: number | null;
  /** Addresses and CIDR ranges; empty for any. */
  readonly allowedIps: readonly string[];
}

export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Never, where missing. */
  readonly expiresAt?: Date | null;
  /** Requests; no limit, where missing. */
  readonly perMinute?: number | null;
  readonly perHour?: number | null;
  /** Addresses and CIDR ranges; any, where missing. */
  readonly allowedIps?: readonly string[];
}

/** The only time at which the key itself can be read. */
export interface IssuedKey {
  readonly secret: string;
  readonly key: Key;
}

export class Keys {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes a key of 256 random bits. */
  async issue(organisationId: string, request: KeyRequest): Promise<IssuedKey> {
    const { name, scopes, expiresAt = null, perMinute = null, perHour = null, allowedIps = [] } = request;
    const secret = newSecret();
    const [key] = await this.#database
      .insert(apiKeys)
      .values({
        organisationId,
        name,
        ...traceOf(secret),
        scopes: [...scopes],
        expiresAt,
        perMinute,
        perHour,
        allowedIps: [...allowedIps],
      })
      .returning(SHOWN);
    return { secret, key: key! };
  }

  /** Null for a key that is unknown, revoked or expired. */
  async check(secret: string, now = new Date()): Promise<KeyHolder | null> {
    const hash = hashOf(secret);
    const [row] = await this.#database.select().from(apiKeys).where(eq(apiKeys.hash, hash));
    if (row === undefined || !isSame(row.hash, hash) || row.revokedAt !== null) return null;
    if (row.expiresAt !== null && row.expiresAt <= now) return null;
    const { id: keyId, organisationId, scopes, perMinute, perHour, allowedIps } = row;
    return { keyId, organisationId, scopes, perMinute, perHour, allowedIps };
  }

  /** Oldest first, revoked ones too. */
  async list(organisationId: string, page: PageRequest = {}): Promise<Listed<Key>> {
    const rows = await this.#database
      .select(SHOWN)
      .from(apiKeys)
      .where(and(eq(apiKeys.organisationId, organisationId), after(apiKeys, 'oldest first', page.cursor)))
      .orderBy(...ordered(apiKeys, 'oldest first'))
      .limit(fetched(page));
    return pageOf(rows, page);
  }

  /** Revoked ones too. */
  async find(organisationId: string, id: string): Promise<Key | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select(SHOWN)
      .from(apiKeys)
      .where(and(eq(apiKeys.organisationId, organisationId), eq(apiKeys.id, id)));
    return row ?? null;
  }

  /** Null for a key that is unknown or revoked. */
  async setScopes(organisationId: string, id: string, scopes: readonly Scope[]): Promise<Key | null> {
    return this.#change(organisationId, id, { scopes: [...scopes] });
  }

  /**
   * Another secret for the same key: the old one is unknown from now on. Null for a key that is unknown, revoked, or
   * changed by somebody else meanwhile: of two rotations at once one gets a secret.
   *
   * @param admit sees the key as it will be rotated, and throws where it must not be.
   */
  async rotate(
    organisationId: string,
    id: string,
    admit: (key: Key) => void | Promise<void> = () => {},
  ): Promise<IssuedKey | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.organisationId, organisationId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
    if (row === undefined) return null;
    const { hash, ...before } = row;
    await admit(before);
    const secret = newSecret();
    const unchanged = and(eq(apiKeys.hash, hash), eq(apiKeys.scopes, before.scopes));
    const key = await this.#change(organisationId, id, traceOf(secret), unchanged);
    return key && { secret, key };
  }

  /** Null for a key that is unknown or revoked. */
  async revoke(organisationId: string, id: string): Promise<Key | null> {
    return this.#change(organisationId, id, { revokedAt: new Date() });
  }

  /** Revokes every key of this name. */
  async revokeNamed(organisationId: string, name: string): Promise<void> {
    await this.#database
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiKeys.organisationId, organisationId), eq(apiKeys.name, name), isNull(apiKeys.revokedAt)));
  }

  async #change(
    organisationId: string,
    id: string,
    changes: Partial<typeof apiKeys.$inferInsert>,
    condition?: SQL,
  ): Promise<Key | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .update(apiKeys)
      .set(changes)
      .where(and(eq(apiKeys.organisationId, organisationId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt), condition))
      .returning(SHOWN);
    return row ?? null;
  }
}

const { hash: _hash, ...SHOWN } = getTableColumns(apiKeys);

function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

function traceOf(secret: string): { hash: string; start: string } {
  return { hash: hashOf(secret), start: secret.slice(0, START_LENGTH) };
}

// A plain hash is enough: the keys are random, there is nothing to guess from a dictionary. Hashes are what is compared:
// how long the index of the table takes tells of the hash, which nobody can aim at, not of the key.
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Takes the same time wherever the two differ. */
function isSame(hash: string, other: string): boolean {
  const [bytes, otherBytes] = [Buffer.from(hash), Buffer.from(other)];
  return bytes.length === otherBytes.length && timingSafeEqual(bytes, otherBytes);
}
