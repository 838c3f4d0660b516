import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createPlatform,
  type Dialler,
  type OpenDialler,
  type OutboundCall,
  type PhoneDesk,
  silentLogger,
} from '../../../../src/platform/platform.ts';
import { addAssistant, addWidget, ID, openPlatform, type Caller } from './api.ts';

const TO = '+14155552671';

describe('phone calls', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  let assistantId: string;
  let purchaseId: string;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
    assistantId = await addAssistant(caller);
    purchaseId = await addPurchase('+14155550100');
  });
  afterAll(() => opened.platform.close());

  async function addPurchase(phone_number: string, provider = 'twilio'): Promise<string> {
    const { body } = await caller.call('POST', '/v1/phone-purchases', {
      phone_number,
      provider,
      assistant_id: assistantId,
    });
    return body.data.id;
  }

  const initiate = (fields: object = {}) =>
    caller.call('POST', '/v1/calls/phone/initiate', {
      phone_purchase_id: purchaseId,
      phoneNumber: TO,
      provider: 'twilio',
      ...fields,
    });
  const initiated = async () => (await initiate()).body.data.id;
  const record = async (id: string) => (await caller.call('GET', `/v1/calls/${id}`)).body.data;
  const phoneOf = async (id: string) => (await record(id))['phone'] as Record<string, unknown>;

  describe('POST /v1/calls/phone/initiate', () => {
    it('has a simulated phone ring, and answers with the call', async () => {
      const { status, body } = await initiate();
      expect(status).toBe(201);
      expect(body).toEqual({
        status: true,
        message: 'Phone call initiated',
        data: {
          id: expect.stringMatching(ID),
          type: 'phone',
          status: 0,
          assistant_id: assistantId,
          created_at: expect.any(String),
          phone: {
            number: TO,
            from: '+14155550100',
            provider: 'twilio',
            purchase_id: purchaseId,
            status: 'ringing',
            ringing_at: expect.any(String),
          },
        },
      });
      expect(await record(body.data.id)).toEqual(body.data);
      expect((await caller.call('GET', '/v1/calls')).body.data[0]).toEqual(body.data);
    });

    it.each(['14155552671', '+04155552671', '+123456', '+1234567890123456', '+1 415 555 2671', '+1415555267x', ''])(
      'answers 400 for the number %j, which is no E.164',
      async (phoneNumber) => {
        const { status, body } = await initiate({ phoneNumber });
        expect({ status, message: body['message'] }).toEqual({
          status: 400,
          message: 'phoneNumber: must be a number in E.164, such as +14155552671',
        });
      },
    );

    it.each(['+1234567', '+123456789012345'])('takes the shortest and the longest number: %s', async (phoneNumber) => {
      expect((await initiate({ phoneNumber })).body.data['phone']).toMatchObject({ number: phoneNumber });
    });

    it.each([['vonage'], [''], [undefined], [7]])('answers 400 for the provider %j', async (provider) => {
      const { status, body } = await initiate({ provider });
      expect(status).toBe(400);
      expect(body['message']).toMatch(/^provider: /);
    });

    it.each([
      ['no number', { phoneNumber: undefined }],
      ['no purchase', { phone_purchase_id: undefined }],
    ])('answers 400 for %s', async (_, fields) => {
      expect((await initiate(fields)).status).toBe(400);
    });

    it.each(['plivo', 'telnyx'])('answers 400 where the number was bought of another than %s', async (provider) => {
      expect(await initiate({ provider })).toEqual({
        status: 400,
        body: {
          status: false,
          message: `provider: the phone purchase is of twilio, not of ${provider}`,
          data: null,
        },
      });
    });

    it.each(['0'.repeat(24), '', "'; drop table calls; --", '\0'])(
      'answers 404 for the purchase %j, which nobody has registered',
      async (phone_purchase_id) => {
        expect(await initiate({ phone_purchase_id })).toEqual({
          status: 404,
          body: { status: false, message: 'Phone purchase not found', data: null },
        });
      },
    );

    it('answers 404 for the purchase of another organisation', async () => {
      const stranger = await opened.caller('Northwind Catering');
      const body = { phone_purchase_id: purchaseId, phoneNumber: TO, provider: 'twilio' };
      expect((await stranger.call('POST', '/v1/calls/phone/initiate', body)).status).toBe(404);
    });
  });

  describe('the simulated phone', () => {
    it('picks a call up once, over the gateway of every call', async () => {
      const id = await initiated();
      const path = `/v1/calls/${id}/answer`;
      const [first, second] = await Promise.all([caller.call('POST', path), caller.call('POST', path)]);
      const [won, lost] = first.status === 200 ? [first, second] : [second, first];
      expect(won).toEqual({
        status: 200,
        body: {
          status: true,
          message: 'Call answered',
          data: {
            callId: id,
            gateway: {
              transport: 'websocket',
              path: '/new-web-call/connection',
              url: `wss://voice.example.com/new-web-call/connection?assistant_id=${assistantId}&call_id=${id}`,
            },
          },
        },
      });
      const silent = { status: 409, body: { status: false, message: 'The call does not ring', data: null } };
      expect(lost).toEqual(silent);
      expect(await caller.call('POST', `/v1/calls/${id}/decline`)).toEqual(silent);
      expect(await record(id)).toMatchObject({ status: 1, phone: { status: 'in_progress' } });
    });

    it('declines a call, which nobody can pick up then', async () => {
      const id = await initiated();
      const { status, body } = await caller.call('POST', `/v1/calls/${id}/decline`);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({
        status: 2,
        end_reason: 'declined',
        duration_ms: 0,
        phone: { status: 'declined' },
      });
      expect(await record(id)).toEqual(body.data);
      expect((await caller.call('POST', `/v1/calls/${id}/answer`)).status).toBe(409);
      expect((await caller.call('POST', `/v1/calls/${id}/decline`)).status).toBe(409);
    });

    it.each(['answer', 'decline'])('has nothing to %s of a web call, nor of none', async (verb) => {
      const initiated = await caller.call('POST', '/v1/calls/initiate', { assistantId, type: 'web' });
      expect((await caller.call('POST', `/v1/calls/${initiated.body['callId']}/${verb}`)).status).toBe(409);
      expect((await caller.call('POST', `/v1/calls/${'0'.repeat(24)}/${verb}`)).status).toBe(404);
    });

    it.each(['answer', 'decline'])('does not %s the calls of another organisation', async (verb) => {
      const id = await initiated();
      const stranger = await opened.caller('Northwind Catering');
      expect((await stranger.call('POST', `/v1/calls/${id}/${verb}`)).status).toBe(404);
      expect(await phoneOf(id)).toMatchObject({ status: 'ringing' });
    });

    it.each(['/v1/calls/phone/initiate', '/v1/calls/x/answer', '/v1/calls/x/decline', '/v1/phone-purchases'])(
      'wants calls:write for %s',
      async (path) => {
        const reader = await opened.caller('Acme Inc', ['calls:read', 'widgets:write']);
        const { status, body } = await reader.call('POST', path, {});
        expect({ status, message: body['message'] }).toEqual({
          status: 403,
          message: 'The API key lacks the scope calls:write',
        });
      },
    );
  });

  it('tells the life of a call that was talked on', async () => {
    const { desk } = opened.platform;
    const id = await initiated();
    expect(await desk.wentLive(id)).toBe(false);
    await caller.call('POST', `/v1/calls/${id}/answer`);
    expect(await desk.wentLive(id)).toBe(true);
    expect(await record(id)).toMatchObject({
      status: 1,
      started_at: expect.any(String),
      phone: { status: 'in_progress' },
    });
    await desk.ended(id, { reason: 'visitor', durationMs: 4_000 });
    expect(await record(id)).toMatchObject({ status: 2, duration_ms: 4_000, phone: { status: 'completed' } });
  });

  describe('another dialler', () => {
    /** A platform of the same store with a carrier that does, and reports, what a test has it do. */
    function withCarrier(dial: (call: OutboundCall, desk: PhoneDesk) => Promise<void>) {
      const carrier: OpenDialler = (desk): Dialler => ({
        ringsForMs: 60_000,
        simulated: false,
        dial: (call) => dial(call, desk),
        close: async () => {},
      });
      const { app } = createPlatform({
        store: opened.store,
        publicUrl: 'https://voice.example.com',
        logger: silentLogger,
        dialler: carrier,
      });
      return async (method: string, path: string, body?: object) => {
        const response = await app.request(path, {
          method,
          headers: { 'X-API-Key': caller.key, 'Content-Type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        return { status: response.status, data: ((await response.json()) as { data: { id: string } }).data };
      };
    }
    const CALL = { phoneNumber: TO, provider: 'twilio' };

    it('is told whom to call, from what, and where the sound goes', async () => {
      const dialled: OutboundCall[] = [];
      const call = withCarrier(async (outbound) => void dialled.push(outbound));
      const { data } = await call('POST', '/v1/calls/phone/initiate', { ...CALL, phone_purchase_id: purchaseId });
      expect(data).toMatchObject({ phone: { status: 'queued' } });
      expect(dialled).toEqual([
        {
          callId: data.id,
          organisationId: caller.organisationId,
          from: '+14155550100',
          to: TO,
          provider: 'twilio',
          gateway: {
            transport: 'websocket',
            path: '/new-web-call/connection',
            url: `wss://voice.example.com/new-web-call/connection?assistant_id=${assistantId}&call_id=${data.id}`,
          },
        },
      ]);
    });

    it.each(['busy', 'no_answer', 'declined', 'failed'] as const)('may report %s', async (reason) => {
      const call = withCarrier(async ({ callId }, desk) => {
        await desk.rings(callId);
        expect(await desk.failed(callId, reason)).toBe(true);
        expect(await desk.failed(callId, 'failed')).toBe(false);
        expect(await desk.answered(callId)).toBe(false);
      });
      const { data } = await call('POST', '/v1/calls/phone/initiate', { ...CALL, phone_purchase_id: purchaseId });
      expect(data).toMatchObject({ status: 2, end_reason: reason, phone: { status: reason } });
    });

    it('may report an answer without having said that it rings', async () => {
      const call = withCarrier(async ({ callId }, desk) => {
        expect(await desk.answered(callId)).toBe(true);
        expect(await desk.rings(callId)).toBe(false);
        expect(await desk.failed(callId, 'busy')).toBe(false);
      });
      const { data } = await call('POST', '/v1/calls/phone/initiate', { ...CALL, phone_purchase_id: purchaseId });
      expect(data).toMatchObject({ status: 1, phone: { status: 'in_progress' } });
    });

    it('that throws has failed the call', async () => {
      const call = withCarrier(async () => {
        throw new Error('no credit');
      });
      const { status, data } = await call('POST', '/v1/calls/phone/initiate', {
        ...CALL,
        phone_purchase_id: purchaseId,
      });
      expect({ status, data }).toMatchObject({ status: 201, data: { status: 2, phone: { status: 'failed' } } });
    });

    it.each(['answer', 'decline'])('leaves nothing to %s over the API', async (verb) => {
      const call = withCarrier(async ({ callId }, desk) => void (await desk.rings(callId)));
      const { data } = await call('POST', '/v1/calls/phone/initiate', { ...CALL, phone_purchase_id: purchaseId });
      expect((await call('POST', `/v1/calls/${data.id}/${verb}`)).status).toBe(409);
      expect((await call('GET', `/v1/calls/${data.id}`)).data).toMatchObject({ phone: { status: 'ringing' } });
    });
  });

  describe('/v1/phone-purchases', () => {
    it('registers a number, and lists it', async () => {
      const fields = { phone_number: '+442079460000', provider: 'telnyx', assistant_id: assistantId };
      const { status, body } = await caller.call('POST', '/v1/phone-purchases', fields);
      expect(status).toBe(201);
      const data = { id: expect.stringMatching(ID), ...fields, created_at: expect.any(String) };
      expect(body).toEqual({ status: true, message: 'Phone purchase registered', data });
      expect((await caller.call('GET', '/v1/phone-purchases')).body).toEqual({
        status: true,
        message: 'Phone purchases fetched',
        data: [expect.objectContaining({ id: purchaseId, phone_number: '+14155550100' }), body.data],
        next_cursor: null,
      });
    });

    it('answers 409 for a number that is registered, whoever did', async () => {
      const stranger = await opened.caller('Northwind Catering');
      const fields = { phone_number: '+14155550100', provider: 'twilio', assistant_id: await addAssistant(stranger) };
      expect(await stranger.call('POST', '/v1/phone-purchases', fields)).toEqual({
        status: 409,
        body: { status: false, message: 'The number is registered with twilio already', data: null },
      });
      expect((await stranger.call('GET', '/v1/phone-purchases')).body.data).toEqual([]);
    });

    it('answers 400 for an assistant of another organisation, a number that is none, and another provider', async () => {
      const stranger = await opened.caller('Northwind Catering');
      const good = { phone_number: '+14155550199', provider: 'plivo', assistant_id: assistantId };
      expect((await stranger.call('POST', '/v1/phone-purchases', good)).status).toBe(400);
      expect((await caller.call('POST', '/v1/phone-purchases', { ...good, phone_number: '4155550199' })).status).toBe(
        400,
      );
      expect((await caller.call('POST', '/v1/phone-purchases', { ...good, provider: 'vonage' })).status).toBe(400);
    });
  });

  describe('GET /v1/calls, filtered', () => {
    it('lists the calls of a type, a status, an assistant, a widget', async () => {
      const own = await opened.caller('Filter Inc');
      const assistant_id = await addAssistant(own);
      const other = await addAssistant(own);
      const widget_id = await addWidget(own, { assistantId: assistant_id });
      const { body } = await own.call('POST', '/v1/phone-purchases', {
        phone_number: '+14155550177',
        provider: 'plivo',
        assistant_id,
      });
      // Those of one millisecond are in no order that could be told: here each is of one of its own.
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const created = (path: string, fields: object) => {
        vi.setSystemTime(Date.now() + 1);
        return own.call('POST', path, fields);
      };
      const phone = { phone_purchase_id: body.data.id, phoneNumber: TO, provider: 'plivo' };
      const dialled = async () => (await created('/v1/calls/phone/initiate', phone)).body.data.id;
      const [rings, answered, declined] = [await dialled(), await dialled(), await dialled()];
      await own.call('POST', `/v1/calls/${answered}/answer`);
      await own.call('POST', `/v1/calls/${declined}/decline`);
      const web = String((await created('/v1/widgets/create-call', { widget_id })).body['call_id']);
      const theirs = await created('/v1/calls/initiate', { assistantId: other, type: 'web' });
      const listed = async (query: string) =>
        (await own.call('GET', `/v1/calls?${query}`)).body.data.map(({ id }) => id);

      expect(await listed('type=phone')).toEqual([declined, answered, rings]);
      expect(await listed('type=phone&status=ringing')).toEqual([rings]);
      expect(await listed('status=live')).toEqual([answered]);
      expect(await listed('status=ended')).toEqual([declined]);
      expect(await listed('status=created')).toEqual([theirs.body['callId'], web]);
      expect(await listed(`assistant_id=${other}`)).toEqual([theirs.body['callId']]);
      expect(await listed(`widget_id=${widget_id}`)).toEqual([web]);
      expect(await listed('assistant_id=x')).toEqual([]);
    });

    it.each(['type=fax', 'status=0', 'status=busy'])('answers 400 for %s', async (query) => {
      expect((await caller.call('GET', `/v1/calls?${query}`)).status).toBe(400);
    });
  });
});
