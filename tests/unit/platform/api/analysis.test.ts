import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summariser, SummaryRequest } from '../../../../src/platform/analysis/summariser.ts';
import { chatSummariser, createPlatform, jsonLogger } from '../../../../src/platform/platform.ts';
import type { AssistantFields } from '../../../../src/platform/store/assistants.ts';
import type { Store } from '../../../../src/platform/store/store.ts';
import { languageServer, saying } from '../analysis/language-server.ts';
import { emptyStore } from '../store/stores.ts';

/** Says what it is told, and keeps what it was asked. */
class ScriptedSummariser implements Summariser {
  readonly asked: SummaryRequest[] = [];
  answer: () => Promise<string> = async () => 'They asked about delivery.';

  summarise(request: SummaryRequest): Promise<string> {
    this.asked.push(request);
    return this.answer();
  }
}

const EXTRACT = { text: 'Do you deliver? Delivery is $35.\nTo Mars? I do not know.', by: 'extractive' };
const BY_MODEL = { text: 'They asked about delivery.', by: 'model' };

let store: Store;
beforeAll(async () => {
  store = await emptyStore();
});
afterAll(() => store.close());

/** A call on a platform of its own, live since just now. */
async function openCall(summariser?: Summariser, fields: Partial<AssistantFields> = {}) {
  const logged: string[] = [];
  const options = { store, logger: jsonLogger((line) => logged.push(line)), ...(summariser && { summariser }) };
  const { app, desk } = createPlatform(options);
  const { id: organisationId } = await store.organisations.named('Acme Inc');
  const assistant = await store.assistants.create(organisationId, { name: 'Sam', ...fields });
  const { id: callId } = await store.calls.create(organisationId, { assistantId: assistant.id });
  const { secret } = await store.keys.issue(organisationId, { name: 'test', scopes: ['calls:read'] });
  await desk.wentLive(callId);
  return {
    desk,
    organisationId,
    callId,
    logged,
    async talk() {
      const answered = { role: 'assistant', interrupted: false } as const;
      await desk.said(callId, { id: 't1', ...answered, text: 'Hello!', atMs: 0, endMs: 1_000 });
      await desk.said(callId, { id: 'u1', role: 'user', text: 'Do you deliver?', atMs: 1_500, endMs: 2_500 });
      await desk.said(callId, {
        id: 't2',
        ...answered,
        text: 'Delivery is $35.',
        atMs: 3_000,
        endMs: 5_000,
        answered: true,
      });
      await desk.said(callId, { id: 'u2', role: 'user', text: 'To Mars?', atMs: 5_500, endMs: 6_500 });
      await desk.said(callId, {
        id: 't3',
        ...answered,
        text: 'I do not know.',
        atMs: 7_400,
        endMs: 8_400,
        answered: false,
      });
    },
    end: () => desk.ended(callId, { reason: 'visitor', durationMs: 9_000 }),
    async get(id = callId, key = secret) {
      const response = await app.request(`/v1/calls/${id}/analysis`, { headers: { 'X-API-Key': key } });
      return { status: response.status, body: (await response.json()) as { data: Record<string, unknown> } };
    },
  };
}

describe('GET /v1/calls/{id}/analysis', () => {
  it('tells the figures of a call, and sums it up', async () => {
    const call = await openCall();
    await call.talk();
    await call.end();
    expect(await call.get()).toEqual({
      status: 200,
      body: {
        status: true,
        message: 'Analysis fetched',
        data: {
          complete: true,
          duration_ms: 9_000,
          turns: { user: 2, assistant: 3 },
          talk_ratio: { user: 0.333, assistant: 0.667 },
          interruptions: 0,
          response_times_ms: { p50: 500, p95: 900 },
          words: { user: 5, assistant: 8 },
          questions: { asked: 2, answered: 1, unanswered: ['To Mars?'] },
          summary: EXTRACT,
        },
      },
    });
  });

  it('tells of a call that goes on what there is so far, and asks no model', async () => {
    const summariser = new ScriptedSummariser();
    const call = await openCall(summariser);
    expect((await call.get()).body.data).toMatchObject({
      complete: false,
      talk_ratio: null,
      response_times_ms: { p50: null, p95: null },
      summary: { text: '', by: 'extractive' },
    });
    await call.talk();
    const { data } = (await call.get()).body;
    expect(data).toMatchObject({ complete: false, turns: { user: 2, assistant: 3 }, summary: EXTRACT });
    expect(data['duration_ms']).toBeGreaterThanOrEqual(0);
    expect(summariser.asked).toEqual([]);
  });

  it.each(['0'.repeat(24), 'x', "'; drop table calls; --", '%00'])('answers 404 for the unknown id %s', async (id) => {
    const call = await openCall();
    expect(await call.get(id)).toEqual({ status: 404, body: { status: false, message: 'Call not found', data: null } });
  });

  it("is no other organisation's, and needs calls:read", async () => {
    const call = await openCall();
    const { id } = await store.organisations.named('Northwind Catering');
    const stranger = await store.keys.issue(id, { name: 'test', scopes: ['calls:read'] });
    expect((await call.get(call.callId, stranger.secret)).status).toBe(404);
    const writer = await store.keys.issue(call.organisationId, { name: 'test', scopes: ['calls:write'] });
    expect((await call.get(call.callId, writer.secret)).status).toBe(403);
  });
});

describe('the summary of a call that is over', () => {
  it("is the language model's, by the assistant's settings", async () => {
    const summariser = new ScriptedSummariser();
    const call = await openCall(summariser, { language: 'Deutsch', model: 'large', temperature: 0.2, max_tokens: 90 });
    await call.talk();
    await call.end();
    expect((await call.get()).body.data).toMatchObject({ summary: BY_MODEL });
    expect(summariser.asked).toMatchObject([{ language: 'Deutsch', model: 'large', temperature: 0.2, maxTokens: 90 }]);
    expect(summariser.asked[0]!.turns.map(({ text }) => text)).toEqual([
      'Hello!',
      'Do you deliver?',
      'Delivery is $35.',
      'To Mars?',
      'I do not know.',
    ]);
  });

  it('is asked for once, and kept for every node', async () => {
    const summariser = new ScriptedSummariser();
    const call = await openCall(summariser);
    await call.talk();
    await call.end();
    await call.get();
    expect((await call.get()).body.data).toMatchObject({ summary: BY_MODEL });
    expect(summariser.asked).toHaveLength(1);
    expect(await store.callSummaries.find(call.organisationId, call.callId)).toBe(BY_MODEL.text);
    const { id: other } = await store.organisations.named('Northwind Catering');
    expect(await store.callSummaries.find(other, call.callId)).toBeNull();
  });

  it('is asked for once by all who read at the same time', async () => {
    const summariser = new ScriptedSummariser();
    let answer: (text: string) => void = () => {};
    const answered = new Promise<string>((resolve) => (answer = resolve));
    const begun = new Promise<void>((resolve) => {
      summariser.answer = () => {
        resolve();
        return answered;
      };
    });
    const call = await openCall(summariser);
    await call.talk();
    await call.end();
    const reading = [call.get(), call.get(), call.get()];
    await begun;
    const late = call.get();
    answer(BY_MODEL.text);
    for (const { body } of await Promise.all([...reading, late]))
      expect(body.data).toMatchObject({ summary: BY_MODEL });
    expect(summariser.asked).toHaveLength(1);
  });

  it('is made of its own words where the model fails, which is told without a word of it, and asked again', async () => {
    const summariser = new ScriptedSummariser();
    summariser.answer = async () => {
      throw new Error('Do you deliver?', { cause: new Error('Delivery is $35.') });
    };
    const call = await openCall(summariser);
    await call.talk();
    await call.end();
    expect((await call.get()).body.data).toMatchObject({ summary: EXTRACT });
    const [told] = call.logged.filter((line) => line.includes('summary failed'));
    expect(JSON.parse(told!)).toMatchObject({ level: 'error', call_id: call.callId });
    expect(call.logged.join('')).not.toMatch(/deliver/i);
    summariser.answer = async () => BY_MODEL.text;
    expect((await call.get()).body.data).toMatchObject({ summary: BY_MODEL });
  });

  it('leaves nothing of a call under HIPAA to another server', async () => {
    const summariser = new ScriptedSummariser();
    const call = await openCall(summariser, { hipaa: true });
    await call.talk();
    await call.end();
    expect((await call.get()).body.data).toMatchObject({ summary: EXTRACT });
    expect(summariser.asked).toEqual([]);
  });

  it('is not asked for where the visitor said nothing', async () => {
    const summariser = new ScriptedSummariser();
    const call = await openCall(summariser);
    await call.desk.said(call.callId, { id: 't1', role: 'assistant', text: 'Hello!', atMs: 0, endMs: 1_000 });
    await call.end();
    expect((await call.get()).body.data).toMatchObject({ summary: { text: '', by: 'extractive' } });
    expect(summariser.asked).toEqual([]);
  });

  it('comes from a real server, and from the call itself while that is down', async () => {
    let down = true;
    const { url, asked } = await languageServer((response, question) => {
      if (down) response.writeHead(503).end('To Mars?');
      else saying('They asked about\0 delivery.')(response, question);
    });
    const call = await openCall(chatSummariser({ url, model: 'small' }));
    await call.talk();
    await call.end();
    expect((await call.get()).body.data).toMatchObject({ summary: EXTRACT });
    expect(call.logged.find((line) => line.includes('summary failed'))).toContain('"code":"http_503"');
    expect(call.logged.join('')).not.toContain('Mars');
    down = false;
    expect((await call.get()).body.data).toMatchObject({ summary: BY_MODEL });
    expect(asked).toHaveLength(2);
  });

  it('stays the first one where two nodes asked', async () => {
    const call = await openCall();
    const { callSummaries } = store;
    await callSummaries.put(call.organisationId, call.callId, 'One');
    await callSummaries.put(call.organisationId, call.callId, 'Two');
    expect(await callSummaries.find(call.organisationId, call.callId)).toBe('One');
  });
});
