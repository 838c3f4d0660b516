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
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import { newId } from './id.ts';

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
    scopes: text().array().notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index().on(table.organisationId)],
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
  (table) => [unique().on(table.organisationId, table.id)],
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
    foreignKey({
      name: 'widgets_assistant',
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
    type: text({ enum: ['web'] })
      .notNull()
      .default('web'),
    createdAt: createdAt(),
    liveAt: moment('live_at'),
    endedAt: moment('ended_at'),
    endReason: text('end_reason'),
    durationMs: integer('duration_ms'),
  },
  (table) => [
    unique().on(table.organisationId, table.id),
    index().on(table.organisationId, table.createdAt),
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
    /** Since the call went live, in ms. */
    atMs: integer('at_ms').notNull(),
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
