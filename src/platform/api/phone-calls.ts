/**
 * Phone calls: `POST /v1/calls/phone/initiate`, and, this platform's own, picking up and declining on the simulated
 * phone. What makes a telephone ring is the dialler's affair.
 */

import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { OutboundCall } from '../phone/dialler.ts';
import { endOverdueRinging } from '../phone/overdue.ts';
import { type Call, progressOf } from '../store/calls.ts';
import { requireScope } from './access.ts';
import { callRecord, recordOf } from './call-record.ts';
import type { PlatformEnv } from './env.ts';
import { failures, idInPath, json, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { gateway, gatewayOf } from './gateway-address.ts';
import { failureFields } from './log.ts';
import { phoneNumber, provider } from './phone-fields.ts';
import { resource } from './resource.ts';

const initiate = createRoute({
  method: 'post',
  path: '/phone/initiate',
  middleware: requireScope('calls:write'),
  request: {
    body: {
      required: true,
      ...json(
        z.object({ phone_purchase_id: z.string(), phoneNumber, provider }).openapi('InitiatePhoneCallDto', {
          example: { phone_purchase_id: '665e4a34c65bb95f2f2d72e1', phoneNumber: '+14155552671', provider: 'twilio' },
        }),
      ),
    },
  },
  responses: { 201: { description: 'The call', ...withData(callRecord) }, ...failures(400, 403, 404) },
});

const answer = createRoute({
  method: 'post',
  path: '/{id}/answer',
  middleware: requireScope('calls:write'),
  request: { params: idInPath },
  responses: {
    200: {
      description: 'Picked up on the simulated phone: where its socket is',
      ...withData(z.object({ callId: z.string(), gateway })),
    },
    ...failures(403, 404, 409),
  },
});

const decline = createRoute({
  method: 'post',
  path: '/{id}/decline',
  middleware: requireScope('calls:write'),
  request: { params: idInPath },
  responses: {
    200: { description: 'Declined on the simulated phone', ...withData(callRecord) },
    ...failures(403, 404, 409),
  },
});

export const phoneCalls = resource()
  .openapi(initiate, async (c) => {
    const { organisationId } = c.var.holder;
    const { phone_purchase_id, phoneNumber, provider } = c.req.valid('json');
    const { store, logger, requestId } = c.var;
    const purchase = await store.phonePurchases.find(organisationId, phone_purchase_id);
    if (purchase === null) throw new ApiFailure(404, 'Phone purchase not found');
    if (provider !== purchase.provider) {
      throw new ApiFailure(400, `provider: the phone purchase is of ${purchase.provider}, not of ${provider}`);
    }
    const { assistantId } = purchase;
    const phone = { purchaseId: purchase.id, number: phoneNumber };
    const call = await store.calls.create(organisationId, { assistantId, phone });
    logger.info('phone call created', { request_id: requestId, call_id: call.id, phone_purchase_id: purchase.id });
    await dial(c, call, { to: phoneNumber, from: purchase.phoneNumber, provider });
    const dialled = await store.calls.find(organisationId, call.id);
    const data = recordOf(dialled ?? call, purchase);
    return c.json({ status: true as const, message: 'Phone call initiated', data }, 201);
  })
  .openapi(answer, async (c) => {
    const { call } = await ringing(c, c.req.valid('param').id);
    const { store, logger, requestId, publicOrigin } = c.var;
    if (!(await store.calls.answered(call.organisationId, call.id))) throw new ApiFailure(409, SILENT);
    logger.info('phone call answered', { request_id: requestId, call_id: call.id });
    const data = { callId: call.id, gateway: gatewayOf(publicOrigin, call) };
    return c.json({ status: true as const, message: 'Call answered', data }, 200);
  })
  .openapi(decline, async (c) => {
    const { call, phonePurchase } = await ringing(c, c.req.valid('param').id);
    const { store, logger, requestId } = c.var;
    const declined = await store.calls.unanswered(call.organisationId, call.id, 'declined');
    if (!declined) throw new ApiFailure(409, SILENT);
    logger.info('phone call declined', { request_id: requestId, call_id: call.id });
    const over = await store.calls.find(call.organisationId, call.id);
    const data = recordOf(over ?? call, phonePurchase);
    return c.json({ status: true as const, message: 'Call declined', data }, 200);
  });

const SILENT = 'The call does not ring';

/** A call that could not be dialled has failed, and that is for its record to say. */
async function dial(
  { var: { dialler, store, logger, publicOrigin, requestId } }: Context<PlatformEnv>,
  call: Call,
  line: Pick<OutboundCall, 'to' | 'from' | 'provider'>,
): Promise<void> {
  const { id: callId, organisationId } = call;
  try {
    await dialler.dial({ callId, organisationId, ...line, gateway: gatewayOf(publicOrigin, call) });
  } catch (error) {
    logger.error('phone call not dialled', { request_id: requestId, call_id: callId, ...failureFields(error) });
    await store.calls.unanswered(organisationId, callId, 'failed');
  }
}

/** The call, which rings on the simulated phone. @throws ApiFailure */
async function ringing({ var: { store, dialler, holder } }: Context<PlatformEnv>, id: string) {
  await endOverdueRinging(store, Date.now(), dialler.ringsForMs);
  const found = await store.calls.findWithParties(holder.organisationId, id);
  if (found === null) throw new ApiFailure(404, 'Call not found');
  if (progressOf(found.call) !== 'ringing') throw new ApiFailure(409, SILENT);
  if (!dialler.simulated) throw new ApiFailure(409, 'The call rings on a real telephone, and is answered there');
  return found;
}
