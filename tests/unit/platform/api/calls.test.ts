import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAssistant, addWidget, ID, openPlatform, type Caller } from './api.ts';

describe('calls', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  let assistantId: string;
  let widgetId: string;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
    assistantId = await addAssistant(caller);
    widgetId = await addWidget(caller, { assistantId });
  });
  afterAll(() => opened.platform.close());

  const createCall = (widget_id: unknown) => caller.call('POST', '/v1/widgets/create-call', { widget_id });

  function gatewayOf(callId: unknown) {
    return {
      transport: 'websocket',
      path: '/new-web-call/connection',
      url: `wss://voice.example.com/new-web-call/connection?assistant_id=${assistantId}&call_id=${callId}`,
    };
  }

  describe('POST /v1/widgets/create-call', () => {
    it('answers as published', async () => {
      const { status, body } = await createCall(widgetId);
      expect(status).toBe(201);
      expect(body['call_id']).toMatch(ID);
      expect(body).toEqual({
        status: true,
        message: 'Call created',
        call_id: body['call_id'],
        assistant_id: assistantId,
        gateway: gatewayOf(body['call_id']),
      });
    });

    it.each(['paused', 'draft'])('answers 403 with a code for a widget that is %s', async (status) => {
      const id = await addWidget(caller, { assistantId, status });
      expect(await createCall(id)).toEqual({
        status: 403,
        body: { status: false, message: expect.stringContaining(status), data: null, code: `widget_${status}` },
      });
    });

    it('answers 400 for a widget without an assistant', async () => {
      const { status, body } = await createCall(await addWidget(caller));
      expect(status).toBe(400);
      expect(body).toMatchObject({ status: false, message: expect.stringContaining('assistant'), data: null });
    });

    it.each(['0'.repeat(24), '', "'; drop table calls; --", '\0', 'x'.repeat(10_000)])(
      'answers 404 for a widget nobody knows (%#)',
      async (unknown) => {
        expect(await createCall(unknown)).toEqual({
          status: 404,
          body: { status: false, message: 'Widget not found', data: null },
        });
      },
    );

    it.each([[7], [null], [undefined], [{}]])('answers 400 for a widget_id that is %j', async (wrong) => {
      expect((await createCall(wrong)).status).toBe(400);
    });

    it('names the host that the request was sent to where no public URL is known', async () => {
      const { createPlatform, silentLogger } = await import('../../../../src/platform/platform.ts');
      const { app } = createPlatform({ store: opened.store, logger: silentLogger });
      const response = await app.request('http://127.0.0.1:8787/v1/widgets/create-call', {
        method: 'POST',
        headers: { 'X-API-Key': caller.key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ widget_id: widgetId }),
      });
      const { gateway } = (await response.json()) as { gateway: { url: string } };
      expect(gateway.url).toMatch(/^ws:\/\/127\.0\.0\.1:8787\/new-web-call\/connection\?/);
    });
  });

  describe('POST /v1/calls/initiate', () => {
    it('answers as published', async () => {
      const { status, body } = await caller.call('POST', '/v1/calls/initiate', { assistantId, type: 'web' });
      expect(status).toBe(201);
      expect(body['callId']).toMatch(ID);
      expect(body).toEqual({
        status: true,
        message: 'Call initiated with location data',
        callId: body['callId'],
        gateway: gatewayOf(body['callId']),
      });
    });

    it.each([
      ['no assistant', { type: 'web' }],
      ['no type', { assistantId: '0'.repeat(24) }],
      ['a type it does not have', { assistantId: '0'.repeat(24), type: 'phone' }],
      ['an assistant that is none', { assistantId: 'x', type: 'web' }],
    ])('answers 400 for %s', async (_, body) => {
      expect((await caller.call('POST', '/v1/calls/initiate', body)).status).toBe(400);
    });
  });

  it('GET /v1/calls lists them as published, newest first', async () => {
    const callId = (await createCall(widgetId)).body['call_id'];
    const { status, body } = await caller.call('GET', '/v1/calls');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: true, message: 'Calls fetched' });
    expect(body.data[0]).toEqual({
      id: callId,
      type: 'web',
      status: 0,
      assistant_id: assistantId,
      widget_id: widgetId,
      created_at: expect.any(String),
    });
  });

  it('GET /v1/calls/{id} tells what the gateway saw', async () => {
    const { desk } = opened.platform;
    const callId = String((await createCall(widgetId)).body['call_id']);
    const details = async () => (await caller.call('GET', `/v1/calls/${callId}`)).body.data;

    await desk.wentLive(callId);
    expect(await details()).toMatchObject({ status: 1, started_at: expect.any(String) });
    await desk.rated(callId, { rating: 4, comment: 'Quick' });
    await desk.rated(callId, { rating: 5, comment: null });
    await desk.ended(callId, { reason: 'visitor', durationMs: 4_321.7 });

    expect(await details()).toMatchObject({
      status: 2,
      end_reason: 'visitor',
      duration_ms: 4_322,
      feedback: { rating: 5 },
    });
  });

  it.each(['0'.repeat(24), 'x', "'; drop table calls; --", '%00'])('an unknown id %s answers 404', async (unknown) => {
    const answer = { status: 404, body: { status: false, message: 'Call not found', data: null } };
    expect(await caller.call('GET', `/v1/calls/${unknown}`)).toEqual(answer);
  });

  it('another organisation sees none of it', async () => {
    const callId = (await createCall(widgetId)).body['call_id'];
    const stranger = await opened.caller('Northwind Catering');
    expect((await stranger.call('GET', '/v1/calls')).body.data).toEqual([]);
    expect((await stranger.call('GET', `/v1/calls/${callId}`)).status).toBe(404);
  });
});
