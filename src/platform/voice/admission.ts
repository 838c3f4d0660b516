/** Who may begin a call. A refusal is a close code and a short word that a client can tell from the others. */

import { createHash } from 'node:crypto';
import { CALL_FRESH_MS, CloseCode } from '../../protocol/messages.ts';
import { originAllowed } from '../../protocol/origins.ts';
import type { CallFile } from './call-desk.ts';
import type { Start } from './client-messages.ts';

/** Why a socket is closed before its call is live. `message` is the close reason: at most 123 bytes. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}

export interface Request {
  /** Path and query, as in the request line. */
  readonly url: string;
  readonly origin: string | null;
}

export interface CallIds {
  readonly callId: string;
  readonly assistantId: string;
}

/** Empty strings where the URL names none. */
export function idsOf(url: string): CallIds {
  const query = URL.canParse(url, 'ws://localhost') ? new URL(url, 'ws://localhost').searchParams : null;
  return { callId: query?.get('call_id') ?? '', assistantId: query?.get('assistant_id') ?? '' };
}

/** What can be judged before `start`. @throws Refusal */
export function checkCall(
  file: CallFile | null,
  ids: CallIds,
  origin: string | null,
  { production, nowMs }: { readonly production: boolean; readonly nowMs: number },
): asserts file is CallFile {
  if (file === null) throw new Refusal(CloseCode.refused, 'call unknown');
  // No Origin is no browser, whom a valid call must do: CORS does not cover sockets, and nobody else forges one.
  if (origin !== null && !originAllowed(origin, file.widget?.allowedOrigins ?? [], production)) {
    throw new Refusal(CloseCode.refused, 'origin not allowed');
  }
  if (file.assistantId !== ids.assistantId) throw new Refusal(CloseCode.refused, 'ids differ');
  if (file.over) throw new Refusal(CloseCode.refused, 'call over');
  // A telephone may ring for as long as it likes: what counts is when it was picked up.
  const startableAt = file.phone ? file.phone.answeredAt : file.createdAt;
  if (startableAt === null) throw new Refusal(CloseCode.refused, 'not answered');
  if (nowMs - startableAt.getTime() >= CALL_FRESH_MS) throw new Refusal(CloseCode.refused, 'call expired');
  const status = file.widget?.status ?? 'active';
  if (status !== 'active') throw new Refusal(CloseCode.unavailable, status);
}

/** What `start` adds. @throws Refusal */
export function checkStart(start: Start, file: CallFile, ids: CallIds): void {
  const widgetDiffers = start.widget_id !== undefined && start.widget_id !== file.widget?.widgetId;
  if (start.call_id !== ids.callId || start.assistant_id !== ids.assistantId || widgetDiffers) {
    throw new Refusal(CloseCode.refused, 'ids differ');
  }
  if (start.resume !== undefined) throw new Refusal(CloseCode.refused, 'cannot resume');
  const terms = file.widget?.terms ?? null;
  if (terms === null) return;
  if (start.consent === undefined) throw new Refusal(CloseCode.terms, 'terms not accepted');
  if (start.consent.terms_sha256 !== createHash('sha256').update(terms, 'utf8').digest('hex')) {
    throw new Refusal(CloseCode.terms, 'terms changed');
  }
}
