/** Calls: created by the API, moved on by the gateway and, if they are phone calls, by the dialler. */

import { and, eq, isNotNull, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { after, fetched, type Listed, ordered, pageOf, type PageRequest } from './listing.ts';
import { assistants, calls, phonePurchases, widgets } from './schema.ts';

export type Call = typeof calls.$inferSelect;
type Assistant = typeof assistants.$inferSelect;
type Widget = typeof widgets.$inferSelect;

type PhonePurchase = typeof phonePurchases.$inferSelect;

export interface NewCall {
  readonly assistantId: string;
  readonly widgetId?: string;
  readonly phone?: { readonly purchaseId: string; readonly number: string };
}

export interface CallFilter {
  readonly type?: Call['type'];
  readonly assistantId?: string;
  readonly widgetId?: string;
  readonly progress?: Progress;
}

/** How far a call has come. A phone call is live from the moment when it was picked up. */
export type Progress = 'created' | 'ringing' | 'live' | 'ended';

export interface CallWithParties {
  readonly call: Call;
  readonly assistant: Assistant;
  readonly widget: Widget | null;
  readonly phonePurchase: PhonePurchase | null;
}

export class Calls {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(organisationId: string, page: PageRequest = {}, filter: CallFilter = {}): Promise<Listed<Call>> {
    const { type, assistantId, widgetId, progress } = filter;
    if ([assistantId, widgetId].some((id) => id !== undefined && !isId(id))) return { rows: [], next: null };
    const rows = await this.#database
      .select()
      .from(calls)
      .where(
        and(
          eq(calls.organisationId, organisationId),
          type && eq(calls.type, type),
          assistantId === undefined ? undefined : eq(calls.assistantId, assistantId),
          widgetId === undefined ? undefined : eq(calls.widgetId, widgetId),
          progress && PROGRESS[progress](),
          after(calls, 'newest first', page.cursor),
        ),
      )
      .orderBy(...ordered(calls, 'newest first'))
      .limit(fetched(page));
    return pageOf(rows, page);
  }

  /** All parties must be of the organisation; the database refuses others. */
  async create(organisationId: string, { assistantId, widgetId, phone }: NewCall): Promise<Call> {
    const [row] = await this.#database
      .insert(calls)
      .values({
        organisationId,
        assistantId,
        widgetId: widgetId ?? null,
        type: phone ? 'phone' : 'web',
        phonePurchaseId: phone?.purchaseId ?? null,
        phoneNumber: phone?.number ?? null,
      })
      .returning();
    return row!;
  }

  async find(organisationId: string, id: string): Promise<Call | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select().from(calls).where(own(organisationId, id));
    return row ?? null;
  }

  /**
   * Whose call this is. The one question asked without an organisation: a visitor's socket has no key, only the id of
   * its call, which nobody can guess.
   */
  async organisationOf(id: string): Promise<string | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select({ of: calls.organisationId }).from(calls).where(eq(calls.id, id));
    return row?.of ?? null;
  }

  /** A call with its assistant and widget, the widget even if it has been deleted since. */
  async findWithParties(organisationId: string, id: string): Promise<CallWithParties | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select({ call: calls, assistant: assistants, widget: widgets, phonePurchase: phonePurchases })
      .from(calls)
      .innerJoin(
        assistants,
        and(eq(assistants.organisationId, calls.organisationId), eq(assistants.id, calls.assistantId)),
      )
      .leftJoin(widgets, and(eq(widgets.organisationId, calls.organisationId), eq(widgets.id, calls.widgetId)))
      .leftJoin(
        phonePurchases,
        and(eq(phonePurchases.organisationId, calls.organisationId), eq(phonePurchases.id, calls.phonePurchaseId)),
      )
      .where(own(organisationId, id));
    return row ?? null;
  }

  /** False for a call that rings already, or has come further. */
  async rings(organisationId: string, id: string): Promise<boolean> {
    return this.#advance({ ringingAt: new Date() }, and(own(organisationId, id), PROGRESS.created()));
  }

  /** False for a call that does not ring: of all who pick it up, one has it. */
  async answered(organisationId: string, id: string): Promise<boolean> {
    return this.#advance({ answeredAt: new Date() }, and(own(organisationId, id), PROGRESS.ringing()));
  }

  /**
   * False for a call that is live or over, and for one that nobody has picked up: of two nodes that have its socket, one
   * may go on.
   */
  async wentLive(organisationId: string, id: string): Promise<boolean> {
    const open = or(eq(calls.type, 'web'), isNotNull(calls.answeredAt));
    return this.#advance({ liveAt: new Date() }, and(own(organisationId, id), isNull(calls.liveAt), open, UNDER_WAY));
  }

  /** False for a call that is over: only the first end counts. */
  async ended(organisationId: string, id: string, outcome: { reason: string; durationMs: number }): Promise<boolean> {
    const { reason: endReason, durationMs } = outcome;
    return this.#advance({ endedAt: new Date(), endReason, durationMs }, and(own(organisationId, id), UNDER_WAY));
  }

  /** As `ended`, for a call that nobody has answered. */
  async unanswered(organisationId: string, id: string, reason: string): Promise<boolean> {
    return this.#advance(overBefore(reason), and(own(organisationId, id), UNANSWERED, UNDER_WAY));
  }

  /**
   * Ends, whoever's they are, the phone calls that stand where they stood at these moments: waiting to ring, ringing, or
   * picked up and without sound. Time passes for all organisations alike, and none is told of another's. Gives the ids.
   */
  async endOverdue(at: { readonly queued: Date; readonly ringing: Date; readonly answered: Date }): Promise<string[]> {
    const silent = and(eq(calls.type, 'phone'), isNull(calls.liveAt), UNDER_WAY);
    const rung = await this.#advanced(
      overBefore('no_answer'),
      and(silent, isNull(calls.answeredAt), lte(calls.ringingAt, at.ringing)),
    );
    const stuck = await this.#advanced(
      overBefore('failed'),
      and(silent, or(lte(calls.answeredAt, at.answered), and(PROGRESS.created(), lte(calls.createdAt, at.queued)))),
    );
    return [...rung, ...stuck];
  }

  async #advance(changes: Partial<Call>, where: SQL | undefined): Promise<boolean> {
    return (await this.#advanced(changes, where)).length > 0;
  }

  async #advanced(changes: Partial<Call>, where: SQL | undefined): Promise<string[]> {
    const moved = await this.#database.update(calls).set(changes).where(where).returning({ id: calls.id });
    return moved.map(({ id }) => id);
  }
}

/** The end of a call that never was live. */
function overBefore(reason: string): Partial<Call> {
  return { endedAt: new Date(), endReason: reason, durationMs: 0 };
}

const UNDER_WAY = isNull(calls.endedAt);
/** Neither picked up nor, which a web call can be without that, live. */
const UNANSWERED = and(isNull(calls.answeredAt), isNull(calls.liveAt));

const PROGRESS: Readonly<Record<Progress, () => SQL | undefined>> = {
  created: () => and(isNull(calls.ringingAt), UNANSWERED, UNDER_WAY),
  ringing: () => and(isNotNull(calls.ringingAt), UNANSWERED, UNDER_WAY),
  live: () => and(or(isNotNull(calls.answeredAt), isNotNull(calls.liveAt)), UNDER_WAY),
  ended: () => isNotNull(calls.endedAt),
};

export function progressOf(call: Call): Progress {
  if (call.endedAt) return 'ended';
  if (call.answeredAt ?? call.liveAt) return 'live';
  return call.ringingAt ? 'ringing' : 'created';
}

function own(organisationId: string, id: string) {
  return and(eq(calls.organisationId, organisationId), eq(calls.id, id));
}
