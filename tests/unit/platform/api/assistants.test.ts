import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAssistant, ID, NEW_ASSISTANT, openPlatform, type Caller } from './api.ts';

const FULL_PATCH = {
  first_message: 'Hello, I can help with product questions.',
  system_prompt: 'You are a concise support assistant.',
  provider: 'open_ai',
  model: 'gpt-4o-mini',
  temperature: 0.7,
  response_count: 3,
  max_tokens: 400,
  name: 'Support Assistant',
  language: 'English',
  emotion: false,
  hipaa: false,
};

describe('/v1/assistants', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  let id: string;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
    id = await addAssistant(caller);
  });
  afterAll(() => opened.platform.close());

  it('POST answers as published', async () => {
    expect(await caller.call('POST', '/v1/assistants', NEW_ASSISTANT)).toEqual({
      status: 201,
      body: { status: true, message: 'Assistant created successfully' },
    });
  });

  it('GET lists ids and names, as published', async () => {
    const { status, body } = await caller.call('GET', '/v1/assistants');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: true, message: 'Assistants fetched' });
    expect(body.data[0]).toEqual({ id: expect.stringMatching(ID), name: 'Sales Assistant' });
  });

  it('GET of one gives what it was created with', async () => {
    const { status, body } = await caller.call('GET', `/v1/assistants/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: true, message: 'Assistant details fetched', data: { id, ...NEW_ASSISTANT } });
    expect(body.data).toMatchObject({ max_duration_s: 600, silence_s: 60 });
    expect(body.data).not.toHaveProperty('organisationId');
  });

  it('PATCH takes the published body, and GET shows it', async () => {
    expect(await caller.call('PATCH', `/v1/assistants/${id}`, { ...FULL_PATCH, id })).toEqual({
      status: 200,
      body: { status: true, message: 'Assistant updated successfully' },
    });
    const { body } = await caller.call('GET', `/v1/assistants/${id}`);
    expect(body.data).toMatchObject({ ...FULL_PATCH, company_name: 'Acme Inc' });
  });

  it('PATCH with null clears a field', async () => {
    await caller.call('PATCH', `/v1/assistants/${id}`, { site_url: 'https://acme.example/' });
    await caller.call('PATCH', `/v1/assistants/${id}`, { site_url: null });
    const { body } = await caller.call('GET', `/v1/assistants/${id}`);
    expect(body.data).not.toHaveProperty('site_url');
  });

  it.each(Object.keys(NEW_ASSISTANT))('POST without %s answers 400 and names it', async (field) => {
    const { status, body } = await caller.call('POST', '/v1/assistants', { ...NEW_ASSISTANT, [field]: undefined });
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: false, message: expect.stringContaining(field), data: null });
  });

  it.each([
    ['nothing', {}],
    ['only fields nobody knows', { colour: 'red' }],
    ['another id than the path', { name: 'Sam', id: '0'.repeat(24) }],
    ['an empty name', { name: ' ' }],
    ['a name with U+0000', { name: 'Sam\0' }],
    ['a temperature of 3', { temperature: 3 }],
    ['more tokens than a column holds', { max_tokens: 2 ** 40 }],
    ['a site that is a script', { site_url: 'javascript:alert(1)' }],
    ['a site with U+0000', { site_url: 'https://acme.example/\0' }],
    ['no object', [1]],
  ])('PATCH with %s answers 400', async (_, changes) => {
    const { status, body } = await caller.call('PATCH', `/v1/assistants/${id}`, changes);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: false, data: null });
  });

  it.each(['0'.repeat(24), 'x', "'; drop table assistants; --", '%00', '%F0%9F%92%A3'])(
    'an unknown id %s answers 404',
    async (unknown) => {
      const path = `/v1/assistants/${unknown}`;
      const answer = { status: 404, body: { status: false, message: 'Assistant not found', data: null } };
      expect(await caller.call('GET', path)).toEqual(answer);
      expect(await caller.call('PATCH', path, { name: 'Sam' })).toEqual(answer);
    },
  );

  it("another organisation neither sees nor changes it, and can't use it", async () => {
    const stranger = await opened.caller('Northwind Catering');
    expect((await stranger.call('GET', '/v1/assistants')).body.data).toEqual([]);
    expect((await stranger.call('GET', `/v1/assistants/${id}`)).status).toBe(404);
    expect((await stranger.call('PATCH', `/v1/assistants/${id}`, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.call('POST', '/v1/widgets', { assistantId: id })).status).toBe(400);
    expect((await stranger.call('POST', '/v1/calls/initiate', { assistantId: id, type: 'web' })).status).toBe(400);
    expect((await caller.call('GET', `/v1/assistants/${id}`)).body.data.name).not.toBe('Mine');
  });
});
