/**
 * The tables. Every row belongs to an organisation, and a row can refer only to rows of its own organisation: the
 * foreign keys carry both ids. Published fields keep their published names, so that a row reads like an answer.
 */

import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { Page } from '../site/page.ts';
import { newId } from './id.ts';
import { PROVIDERS } from './providers.ts';

// Made anew for each table: a column builder belongs to one table only.
const id = () => text().primaryKey().$defaultFn(newId);
const organisationId = () =>
  text('organisation_id')
    .notNull()
    .references(() => organisations.id);
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const createdAt = () =>
  moment('created_at')
    .notNull()
    .$defaultFn(() => new Date());

export const organisations = pgTable('organisations', {
  id: id(),
  name: text().notNull().unique(),
  createdAt: createdAt(),
});

/** Only the hash of a key is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    organisationId: organisationId(),
    name: text().notNull(),
    /** Lower-case hex SHA-256 of the key. */
    hash: text().notNull().unique(),
    /** Its first characters, by which its owner knows it again. */
    start: text().notNull().default(''),
    scopes: text().array().notNull(),
    /** Requests in a minute; null for no limit. */
    perMinute: integer('per_minute'),
    /** Requests in an hour; null for no limit. */
    perHour: integer('per_hour'),
    /** Addresses and CIDR ranges that may use it; empty for any. */
    allowedIps: text('allowed_ips').array().notNull().default([]),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [unique().on(table.organisationId, table.id), index().on(table.organisationId, table.createdAt)],
);

/** How often a limited key has been used in the present minute and hour: a row each, which every node counts in. */
export const keyUses = pgTable(
  'key_uses',
  {
    organisationId: organisationId(),
    keyId: text('key_id').notNull(),
    span: text({ enum: ['minute', 'hour'] }).notNull(),
    startedAt: moment('started_at').notNull(),
    uses: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.span] }),
    foreignKey({
      name: 'key_uses_key',
      columns: [table.organisationId, table.keyId],
      foreignColumns: [apiKeys.organisationId, apiKeys.id],
    }),
  ],
);

export const assistants = pgTable(
  'assistants',
  {
    id: id(),
    organisationId: organisationId(),
    name: text().notNull(),
    company_name: text(),
    industry: text(),
    language: text().notNull().default('English'),
    voice: text(),
    task_type: text(),
    first_message: text(),
    system_prompt: text(),
    provider: text(),
    model: text(),
    temperature: doublePrecision(),
    response_count: integer(),
    max_tokens: integer(),
    emotion: boolean().notNull().default(false),
    hipaa: boolean().notNull().default(false),
    /** The site whose pages it answers from. */
    site_url: text(),
    /** Longest call, in seconds. */
    max_duration_s: integer().notNull().default(600),
    /** Longest silence of the visitor, in seconds. */
    silence_s: integer().notNull().default(60),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.organisationId, table.id), index().on(table.organisationId, table.createdAt, table.id)],
);

export const widgets = pgTable(
  'widgets',
  {
    id: id(),
    organisationId: organisationId(),
    assistantId: text('assistant_id'),
    background_color: text(),
    text_color: text(),
    button_color: text(),
    button_text_color: text(),
    border_color: text(),
    focus_outline_color: text(),
    /** CSS pixels. */
    card_radius: doublePrecision(),
    /** CSS pixels. */
    button_radius: doublePrecision(),
    start_call_button: text(),
    end_call_button: text(),
    call_to_action: text(),
    terms_and_condition: boolean().notNull().default(false),
    terms_and_condition_content: text(),
    /** Empty: any origin. */
    allowed_origins: text().array().notNull().default([]),
    status: text({ enum: ['active', 'paused', 'draft'] })
      .notNull()
      .default('active'),
    createdAt: createdAt(),
    /** A deleted widget's row stays, since its calls still stand for what was allowed when they were made. */
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    unique().on(table.organisationId, table.id),
    index().on(table.organisationId, table.createdAt, table.id),
    foreignKey({
      name: 'widgets_assistant',
      columns: [table.organisationId, table.assistantId],
      foreignColumns: [assistants.organisationId, assistants.id],
    }),
  ],
);

/** What an assistant has learned of its site: the pages that were read, in their order. */
export const sitePages = pgTable(
  'site_pages',
  {
    organisationId: organisationId(),
    assistantId: text('assistant_id').notNull(),
    position: integer().notNull(),
    url: text().notNull(),
    page: jsonb().$type<Page>().notNull(),
    readAt: moment('read_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.position] }),
    foreignKey({
      name: 'site_pages_assistant',
      columns: [table.organisationId, table.assistantId],
      foreignColumns: [assistants.organisationId, assistants.id],
    }),
  ],
);

/** A telephone number that an organisation has bought from a provider, and who speaks when it calls. */
export const phonePurchases = pgTable(
  'phone_purchases',
  {
    id: id(),
    organisationId: organisationId(),
    assistantId: text('assistant_id').notNull(),
    /** E.164. */
    phoneNumber: text('phone_number').notNull(),
    provider: text({ enum: PROVIDERS }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.organisationId, table.id),
    unique().on(table.provider, table.phoneNumber),
    foreignKey({
      name: 'phone_purchases_assistant',
      columns: [table.organisationId, table.assistantId],
      foreignColumns: [assistants.organisationId, assistants.id],
    }),
  ],
);

export const calls = pgTable(
  'calls',
  {
    id: id(),
    organisationId: organisationId(),
    assistantId: text('assistant_id').notNull(),
    /** Null for a call that was initiated without a widget. */
    widgetId: text('widget_id'),
    type: text({ enum: ['web', 'phone'] })
      .notNull()
      .default('web'),
    /** What a phone call goes out from; null for a web call. */
    phonePurchaseId: text('phone_purchase_id'),
    /** Whom a phone call is to, E.164. */
    phoneNumber: text('phone_number'),
    createdAt: createdAt(),
    /** A phone call only. */
    ringingAt: moment('ringing_at'),
    /** A phone call that was picked up: its sound may come now. */
    answeredAt: moment('answered_at'),
    liveAt: moment('live_at'),
    endedAt: moment('ended_at'),
    endReason: text('end_reason'),
    durationMs: integer('duration_ms'),
  },
  (table) => [
    unique().on(table.organisationId, table.id),
    index().on(table.organisationId, table.createdAt, table.id),
    // Few at any time, and looked for often: those that may have been lost with their node, and those that ring.
    index('calls_under_way')
      .on(table.createdAt)
      .where(sql`${table.endedAt} is null`),
    foreignKey({
      name: 'calls_phone_purchase',
      columns: [table.organisationId, table.phonePurchaseId],
      foreignColumns: [phonePurchases.organisationId, phonePurchases.id],
    }),
    foreignKey({
      name: 'calls_assistant',
      columns: [table.organisationId, table.assistantId],
      foreignColumns: [assistants.organisationId, assistants.id],
    }),
    foreignKey({
      name: 'calls_widget',
      columns: [table.organisationId, table.widgetId],
      foreignColumns: [widgets.organisationId, widgets.id],
    }),
  ],
);

export const transcriptLines = pgTable(
  'transcript_lines',
  {
    organisationId: organisationId(),
    callId: text('call_id').notNull(),
    /** The line's id on the wire: unique within its call only. */
    id: text().notNull(),
    role: text({ enum: ['user', 'assistant'] }).notNull(),
    text: text().notNull(),
    /** Where its turn began, since the call went live, in ms. */
    atMs: integer('at_ms').notNull(),
    /** Where it had been heard, or was cut; null where nobody measured it. */
    endMs: integer('end_ms'),
    /** The assistant's turn was cut short by the visitor. */
    interrupted: boolean().notNull().default(false),
    /** Whether this answers what was asked out of the content; null for what answers no question. */
    answered: boolean(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.id] }),
    foreignKey({
      name: 'transcript_lines_call',
      columns: [table.organisationId, table.callId],
      foreignColumns: [calls.organisationId, calls.id],
    }),
  ],
);

/** A visitor's rating of a call; one a call, the last one counts. */
export const feedback = pgTable(
  'feedback',
  {
    organisationId: organisationId(),
    callId: text('call_id').primaryKey(),
    rating: integer().notNull(),
    comment: text(),
    createdAt: createdAt(),
  },
  (table) => [
    check('feedback_rating', sql`${table.rating} between 1 and 5`),
    foreignKey({
      name: 'feedback_call',
      columns: [table.organisationId, table.callId],
      foreignColumns: [calls.organisationId, calls.id],
    }),
  ],
);

/** What a language model has said of a call that is over: asked and paid for once. */
export const callSummaries = pgTable(
  'call_summaries',
  {
    organisationId: organisationId(),
    callId: text('call_id').notNull(),
    text: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.callId] }),
    foreignKey({
      name: 'call_summaries_call',
      columns: [table.organisationId, table.callId],
      foreignColumns: [calls.organisationId, calls.id],
    }),
  ],
);
