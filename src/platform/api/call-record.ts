/** A call as it is answered. */

import { z } from '@hono/zod-openapi';
import { type Call, progressOf } from '../store/calls.ts';
import type { PhonePurchase } from '../store/phone-purchases.ts';
import { PROVIDERS } from '../store/providers.ts';
import { present } from './envelope.ts';

/** How far a call has come, as the number that is published. */
const STATUS = { created: 0, ringing: 0, live: 1, ended: 2 } as const;

const UNREACHED = ['busy', 'no_answer', 'declined', 'failed'] as const;
const PHONE_STATUS = ['queued', 'ringing', 'in_progress', 'completed', ...UNREACHED] as const;
type PhoneStatus = (typeof PHONE_STATUS)[number];

const phone = z
  .object({
    number: z.string().openapi({ description: 'Whom it is to, E.164' }),
    from: z.string().openapi({ description: 'What it goes out from, E.164' }),
    provider: z.enum(PROVIDERS),
    purchase_id: z.string(),
    status: z.enum(PHONE_STATUS),
    ringing_at: z.iso.datetime().optional(),
  })
  .openapi('CallPhone', { description: "The life of a phone call, in the words of telephony. This platform's own" });

export const callRecord = z
  .object({
    id: z.string(),
    type: z.enum(['web', 'phone']),
    status: z.int().openapi({ description: '0 created or ringing, 1 live, 2 ended' }),
    assistant_id: z.string(),
    widget_id: z.string().optional(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().optional(),
    ended_at: z.iso.datetime().optional(),
    end_reason: z.string().optional(),
    duration_ms: z.int().optional(),
    phone: phone.optional(),
  })
  .openapi('Call');

/** @param purchase what a phone call goes out from */
export function recordOf(call: Call, purchase: PhonePurchase | null | undefined) {
  return present({
    id: call.id,
    type: call.type,
    status: STATUS[progressOf(call)],
    assistant_id: call.assistantId,
    widget_id: call.widgetId,
    created_at: call.createdAt.toISOString(),
    started_at: call.liveAt?.toISOString() ?? null,
    ended_at: call.endedAt?.toISOString() ?? null,
    end_reason: call.endReason,
    duration_ms: call.durationMs,
    phone: purchase ? phoneOf(call, purchase) : null,
  });
}

function phoneOf(call: Call, purchase: PhonePurchase) {
  return present({
    number: call.phoneNumber!,
    from: purchase.phoneNumber,
    provider: purchase.provider,
    purchase_id: purchase.id,
    status: phoneStatus(call),
    ringing_at: call.ringingAt?.toISOString() ?? null,
  });
}

function phoneStatus(call: Call): PhoneStatus {
  switch (progressOf(call)) {
    case 'created':
      return 'queued';
    case 'ringing':
      return 'ringing';
    case 'live':
      return 'in_progress';
    case 'ended':
      return call.liveAt ? 'completed' : (UNREACHED.find((reason) => reason === call.endReason) ?? 'failed');
  }
}
