/** What the platform's API answers, as far as the dashboard reads it. */

import type { PublicWidget } from '../protocol/rest.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The published fields of an assistant; what nobody has set is missing. */
export interface Assistant extends Named {
  readonly company_name?: string;
  readonly industry?: string;
  readonly language?: string;
  readonly voice?: string;
  readonly task_type?: string;
  readonly first_message?: string;
  readonly system_prompt?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly temperature?: number;
  readonly response_count?: number;
  readonly max_tokens?: number;
  readonly emotion?: boolean;
  readonly hipaa?: boolean;
  readonly site_url?: string;
  readonly max_duration_s?: number;
  readonly silence_s?: number;
  readonly created_at: string;
}

export const WIDGET_STATUSES = ['active', 'paused', 'draft'] as const;
export type WidgetStatus = (typeof WIDGET_STATUSES)[number];

export interface Widget extends PublicWidget {
  readonly id: string;
  readonly status?: WidgetStatus;
  readonly allowed_origins: readonly string[];
  readonly created_at: string;
}

export const CALL_TYPES = ['web', 'phone'] as const;
export type CallType = (typeof CALL_TYPES)[number];

export interface Call {
  readonly id: string;
  readonly type: CallType;
  /** 0 created, 1 live, 2 ended. */
  readonly status: number;
  readonly assistant_id: string;
  readonly widget_id?: string;
  readonly created_at: string;
  readonly started_at?: string;
  readonly ended_at?: string;
  readonly end_reason?: string;
  readonly duration_ms?: number;
  readonly phone?: {
    readonly number: string;
    readonly from: string;
    readonly provider: string;
    readonly purchase_id: string;
    readonly status: string;
  };
  /** Of a call that was asked for by itself. */
  readonly feedback?: { readonly rating: number; readonly comment?: string };
}

export interface Turn {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Since the call went live. */
  readonly at_ms: number;
  /** Missing where nobody measured it; `at_ms` for what was written. */
  readonly end_ms?: number;
  readonly interrupted: boolean;
  /** Whether it answers what was asked; missing for what answers no question. */
  readonly answered?: boolean;
}

export interface BySide<T> {
  readonly user: T;
  readonly assistant: T;
}

export interface Analysis {
  /** False while the call goes on. */
  readonly complete: boolean;
  readonly duration_ms: number;
  readonly turns: BySide<number>;
  /** Shares of all talk, 0 to 1; null where nobody has talked. */
  readonly talk_ratio: BySide<number> | null;
  readonly interruptions: number;
  /** Null where nothing was answered. */
  readonly response_times_ms: { readonly p50: number | null; readonly p95: number | null };
  readonly words: BySide<number>;
  readonly questions: { readonly asked: number; readonly answered: number; readonly unanswered: readonly string[] };
  /** Empty where the visitor said nothing. */
  readonly summary: { readonly text: string; readonly by: 'extractive' | 'model' };
}

export interface Scope {
  readonly scope: string;
  readonly description: string;
}

export interface Key {
  readonly id: string;
  readonly name: string;
  /** Its first characters, by which its owner knows it again. */
  readonly key_start: string;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly rate_limit_per_minute: number | null;
  readonly rate_limit_per_hour: number | null;
  /** Any, where there is none. */
  readonly allowed_ips: readonly string[];
  readonly created_at: string;
  readonly revoked_at?: string;
}

/** The only answers in which the key itself is. */
export interface IssuedKey extends Key {
  readonly key: string;
}
