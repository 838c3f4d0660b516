import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAssistant, type Caller, openPlatform } from './api.ts';

describe('GET /v1/calls/{id}/transcripts', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  let assistantId: string;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
    assistantId = await addAssistant(caller);
  });
  afterAll(() => opened.platform.close());

  const newCall = async () => (await opened.store.calls.create(caller.organisationId, { assistantId })).id;
  const transcripts = (callId: string) => caller.call('GET', `/v1/calls/${callId}/transcripts`);

  it('tells every turn in order: where it lay, who cut it, and whether it answered', async () => {
    const { desk } = opened.platform;
    const callId = await newCall();
    await desk.wentLive(callId);
    const { liveAt } = (await opened.store.calls.find(caller.organisationId, callId))!;
    const at = (ms: number) => new Date(liveAt!.getTime() + ms).toISOString();
    await desk.said(callId, { id: 'u1', role: 'user', text: 'Do you', atMs: 900.4, endMs: 1_400 });
    await desk.said(callId, { id: 'u1', role: 'user', text: 'Do you deliver?', atMs: 900.4, endMs: 1_700.6 });
    await desk.said(callId, {
      id: 't1',
      role: 'assistant',
      text: 'Hello',
      atMs: 0,
      endMs: 1_000,
      interrupted: true,
      answered: null,
    });
    await desk.said(callId, {
      id: 't2',
      role: 'assistant',
      text: 'I do not know.',
      atMs: 2_300,
      endMs: 3_000,
      interrupted: false,
      answered: false,
    });
    // As lines were written before anybody measured their end.
    await desk.said(callId, { id: 'u2', role: 'user', text: 'Oh', atMs: 4_000 });
    expect(await transcripts(callId)).toEqual({
      status: 200,
      body: {
        status: true,
        message: 'Transcripts fetched',
        data: [
          { id: 't1', role: 'assistant', text: 'Hello', at_ms: 0, end_ms: 1_000, started_at: at(0), interrupted: true },
          {
            id: 'u1',
            role: 'user',
            text: 'Do you deliver?',
            at_ms: 900,
            end_ms: 1_701,
            started_at: at(900),
            interrupted: false,
          },
          {
            id: 't2',
            role: 'assistant',
            text: 'I do not know.',
            at_ms: 2_300,
            end_ms: 3_000,
            started_at: at(2_300),
            interrupted: false,
            answered: false,
          },
          { id: 'u2', role: 'user', text: 'Oh', at_ms: 4_000, started_at: at(4_000), interrupted: false },
        ],
      },
    });
  });

  it('is empty of a call that nobody has joined', async () => {
    expect(await transcripts(await newCall())).toMatchObject({ status: 200, body: { data: [] } });
  });

  it.each(['0'.repeat(24), 'x', "'; drop table calls; --", '%00'])('answers 404 for the unknown id %s', async (id) => {
    expect(await transcripts(id)).toEqual({
      status: 404,
      body: { status: false, message: 'Call not found', data: null },
    });
  });

  it("is no other organisation's, and needs calls:read", async () => {
    const callId = await newCall();
    const stranger = await opened.caller('Northwind Catering');
    expect((await stranger.call('GET', `/v1/calls/${callId}/transcripts`)).status).toBe(404);
    const writer = await opened.caller('Acme Inc', ['calls:write']);
    expect(await writer.call('GET', `/v1/calls/${callId}/transcripts`)).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('calls:read') },
    });
  });
});
