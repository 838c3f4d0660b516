import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAssistant, addWidget, ID, openPlatform, type Caller } from './api.ts';

const PUBLISHED = {
  background_color: '#FFFFFF',
  text_color: '#111827',
  button_color: '#0EA5E9',
  button_text_color: '#FFFFFF',
  border_color: '#E5E7EB',
  focus_outline_color: '#38BDF8',
  card_radius: 12,
  button_radius: 8,
  start_call_button: 'Start call',
  end_call_button: 'End call',
  call_to_action: 'Talk to Sales',
  terms_and_condition: true,
  terms_and_condition_content: 'By continuing, you agree to recording terms.',
  allowed_origins: ['https://app.example.com'],
};

describe('/v1/widgets', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  let assistantId: string;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
    assistantId = await addAssistant(caller);
  });
  afterAll(() => opened.platform.close());

  it.each([
    ['without a body', {}],
    ['with an empty body that is called JSON', { 'Content-Type': 'application/json' }],
  ])('POST works %s', async (_, headers) => {
    const init = { method: 'POST', headers: { 'X-API-Key': caller.key, ...headers } };
    const { status, body } = await opened.request('/v1/widgets', init);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: true, message: 'Widget created successfully' });
    expect(body.data).toEqual({
      id: expect.stringMatching(ID),
      terms_and_condition: false,
      allowed_origins: [],
      status: 'active',
      created_at: expect.any(String),
    });
  });

  it('PATCH takes the published body, and GET shows it', async () => {
    const id = await addWidget(caller);
    const patched = await caller.call('PATCH', `/v1/widgets/${id}`, { ...PUBLISHED, assistantId });
    expect(patched.status).toBe(200);
    expect(patched.body).toMatchObject({ status: true, message: 'Widget updated successfully' });
    const { status, body } = await caller.call('GET', `/v1/widgets/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: true, message: 'Widget details fetched' });
    expect(body.data).toEqual({ id, assistantId, ...PUBLISHED, status: 'active', created_at: expect.any(String) });
  });

  it('GET lists widgets in data, each with its id', async () => {
    const id = await addWidget(caller, { call_to_action: 'Listed' });
    const { status, body } = await caller.call('GET', '/v1/widgets');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: true, message: 'Widgets fetched' });
    expect(body.data.at(-1)).toMatchObject({ id, call_to_action: 'Listed' });
  });

  it('DELETE removes it from every answer', async () => {
    const id = await addWidget(caller, { assistantId });
    const path = `/v1/widgets/${id}`;
    expect(await caller.call('DELETE', path)).toEqual({
      status: 200,
      body: { status: true, message: 'Widget deleted successfully' },
    });
    expect((await caller.call('GET', path)).status).toBe(404);
    expect((await caller.call('PATCH', path, { card_radius: 1 })).status).toBe(404);
    expect((await caller.call('DELETE', path)).status).toBe(404);
    expect((await caller.call('POST', '/v1/widgets/create-call', { widget_id: id })).status).toBe(404);
    const { body } = await caller.call('GET', '/v1/widgets');
    expect(body.data.map((each: { id: string }) => each.id)).not.toContain(id);
  });

  it('a slash after an origin is forgiven', async () => {
    const { body } = await caller.call('POST', '/v1/widgets', { allowed_origins: ['https://App.example.com:443/'] });
    expect(body.data.allowed_origins).toEqual(['https://app.example.com']);
  });

  it.each([
    ['nothing', {}],
    ['an assistant that is none', { assistantId: '0'.repeat(24) }],
    ['an assistant that is SQL', { assistantId: "'; drop table widgets; --" }],
    ['a radius that is text', { card_radius: '12' }],
    ['a negative radius', { button_radius: -1 }],
    ['a status nobody knows', { status: 'open' }],
    ['an origin with a path', { allowed_origins: ['https://app.example.com/page'] }],
    ['an origin that is none', { allowed_origins: ['app.example.com'] }],
    ['origins that are no list', { allowed_origins: 'https://app.example.com' }],
    ['U+0000', { call_to_action: 'Talk\0' }],
    ['null where there is no null', { terms_and_condition: null }],
    ['null', null],
  ])('PATCH with %s answers 400', async (_, changes) => {
    const id = await addWidget(caller);
    const { status, body } = await caller.call('PATCH', `/v1/widgets/${id}`, changes);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: false, data: null });
  });

  it.each(['0'.repeat(24), 'x', "'; drop table widgets; --", '%00'])(
    'an unknown id %s answers 404',
    async (unknown) => {
      const path = `/v1/widgets/${unknown}`;
      const answer = { status: 404, body: { status: false, message: 'Widget not found', data: null } };
      expect(await caller.call('GET', path)).toEqual(answer);
      expect(await caller.call('PATCH', path, { card_radius: 1 })).toEqual(answer);
      expect(await caller.call('DELETE', path)).toEqual(answer);
    },
  );

  it('another organisation neither sees, changes, removes nor calls it', async () => {
    const id = await addWidget(caller, { assistantId });
    const stranger = await opened.caller('Northwind Catering');
    expect((await stranger.call('GET', '/v1/widgets')).body.data).toEqual([]);
    expect((await stranger.call('GET', `/v1/widgets/${id}`)).status).toBe(404);
    expect((await stranger.call('PATCH', `/v1/widgets/${id}`, { status: 'paused' })).status).toBe(404);
    expect((await stranger.call('DELETE', `/v1/widgets/${id}`)).status).toBe(404);
    expect((await stranger.call('POST', '/v1/widgets/create-call', { widget_id: id })).status).toBe(404);
    expect((await caller.call('GET', `/v1/widgets/${id}`)).body.data.status).toBe('active');
  });
});
