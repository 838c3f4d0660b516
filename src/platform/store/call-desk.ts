/** The gateway's questions, answered from the store. A call's id finds its organisation; all else stays within that. */

import type { CallDesk, CallFile, TranscriptLine } from '../voice/call-desk.ts';
import type { CallWithParties } from './calls.ts';
import type { Store } from './store.ts';

export function createCallDesk(store: Store): CallDesk {
  /**
   * Null for a call that isn't there: the gateway asks before it writes, so there is nothing to write about.
   * A database's error repeats the values it was given. It stays below as the cause, since whoever logs a message must
   * not log what somebody said.
   */
  async function within<Result>(
    callId: string,
    work: (organisationId: string) => Promise<Result>,
  ): Promise<Result | null> {
    try {
      const organisationId = await store.calls.organisationOf(callId);
      return organisationId === null ? null : await work(organisationId);
    } catch (cause) {
      throw new Error(`the store failed for call ${callId}`, { cause });
    }
  }

  return {
    find: (callId) =>
      within(callId, async (organisationId) => {
        const found = await store.calls.findWithParties(organisationId, callId);
        return found && callFile(found);
      }),
    wentLive: async (callId) =>
      (await within(callId, (organisationId) => store.calls.wentLive(organisationId, callId))) ?? false,
    async said(callId, line) {
      await within(callId, (organisationId) => store.transcripts.put(organisationId, callId, storable(line)));
    },
    async rated(callId, { rating, comment }) {
      const feedback = { rating, comment: comment && withoutNul(comment) };
      await within(callId, (organisationId) => store.feedback.put(organisationId, callId, feedback));
    },
    async ended(callId, { reason, durationMs }) {
      const outcome = { reason, durationMs: Math.round(durationMs) };
      await within(callId, (organisationId) => store.calls.ended(organisationId, callId, outcome));
    },
  };
}

function callFile({ call, assistant, widget }: CallWithParties): CallFile {
  return {
    callId: call.id,
    assistantId: call.assistantId,
    createdAt: call.createdAt,
    over: call.endedAt !== null,
    ...(call.type === 'phone' && { phone: { answeredAt: call.answeredAt } }),
    assistant: {
      name: assistant.name,
      companyName: assistant.company_name,
      language: assistant.language,
      voice: assistant.voice,
      firstMessage: assistant.first_message,
      systemPrompt: assistant.system_prompt,
      maxDurationS: assistant.max_duration_s,
      silenceS: assistant.silence_s,
    },
    widget: widget && {
      widgetId: widget.id,
      // Deleted since the call was created: nobody may come in through it, as through a paused one.
      status: widget.deletedAt === null ? widget.status : 'paused',
      allowedOrigins: widget.allowed_origins,
      terms: widget.terms_and_condition ? termsOf(widget.terms_and_condition_content) : null,
    },
  };
}

/** Unchanged, since visitors accept a hash of it; without any words there is nothing to accept. */
function termsOf(content: string | null): string | null {
  return content?.trim() ? content : null;
}

function storable(line: TranscriptLine): TranscriptLine {
  return { ...line, id: withoutNul(line.id), text: withoutNul(line.text), ...times(line) };
}

/** The database counts whole milliseconds. */
function times({ atMs, endMs }: TranscriptLine): Pick<TranscriptLine, 'atMs' | 'endMs'> {
  return { atMs: Math.round(atMs), endMs: endMs === undefined || endMs === null ? null : Math.round(endMs) };
}

/** PostgreSQL's text can't hold U+0000, and a visitor may send it. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
