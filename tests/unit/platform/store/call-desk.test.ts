import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallDesk } from '../../../../src/platform/store/call-desk.ts';
import type { Store } from '../../../../src/platform/store/store.ts';
import { emptyStore } from './stores.ts';
import type { CallDesk } from '../../../../src/platform/voice/call-desk.ts';

describe('the call desk', () => {
  let store: Store;
  let desk: CallDesk;
  let owner: string;
  let assistantId: string;
  beforeAll(async () => {
    store = await emptyStore();
    desk = createCallDesk(store);
    owner = (await store.organisations.named('Acme Inc')).id;
    const sam = { name: 'Sam', company_name: 'Acme Inc', voice: 'slt', first_message: 'Hello', max_duration_s: 120 };
    assistantId = (await store.assistants.create(owner, sam)).id;
  });
  afterAll(() => store.close());

  async function call(fields: Parameters<Store['widgets']['create']>[1] = {}) {
    const widget = await store.widgets.create(owner, { ...fields, assistantId });
    const { id } = await store.calls.create(owner, { assistantId, widgetId: widget.id });
    return { id, widgetId: widget.id };
  }

  it('knows all about a call through a widget', async () => {
    const before = Date.now();
    const { id, widgetId } = await call({ allowed_origins: ['https://acme.example'], status: 'draft' });
    const file = await desk.find(id);
    expect(file).toEqual({
      callId: id,
      assistantId,
      createdAt: expect.any(Date),
      over: false,
      assistant: {
        name: 'Sam',
        companyName: 'Acme Inc',
        language: 'English',
        voice: 'slt',
        firstMessage: 'Hello',
        systemPrompt: null,
        maxDurationS: 120,
        silenceS: 60,
      },
      widget: { widgetId, status: 'draft', allowedOrigins: ['https://acme.example'], terms: null },
    });
    expect(file!.createdAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(file!.createdAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('knows of a call without a widget that it has none', async () => {
    const { id } = await store.calls.create(owner, { assistantId });
    expect(await desk.find(id)).toMatchObject({ widget: null });
  });

  it('knows of a phone call when it was picked up, and lets it go live no sooner', async () => {
    const number = { assistantId, phoneNumber: '+14155550100', provider: 'twilio' } as const;
    const purchase = (await store.phonePurchases.create(owner, number))!;
    const phone = { purchaseId: purchase.id, number: '+14155552671' };
    const { id } = await store.calls.create(owner, { assistantId, phone });
    await store.calls.rings(owner, id);
    expect(await desk.find(id)).toMatchObject({ widget: null, phone: { answeredAt: null } });
    expect(await desk.wentLive(id)).toBe(false);
    await store.calls.answered(owner, id);
    expect(await desk.find(id)).toMatchObject({ phone: { answeredAt: expect.any(Date) } });
    expect(await desk.wentLive(id)).toBe(true);
  });

  it.each(['0'.repeat(24), '', '\0', "' or 1=1 --"])(
    'knows nothing of the call %j, and writes nothing of it',
    async (id) => {
      expect(await desk.find(id)).toBeNull();
      await desk.wentLive(id);
      await desk.said(id, { id: 'u1', role: 'user', text: 'Hello', atMs: 0 });
      await desk.rated(id, { rating: 5, comment: null });
      await desk.ended(id, { reason: 'visitor', durationMs: 1 });
    },
  );

  it.each([
    ['off', false, 'Agree.', null],
    ['on', true, ' Agree.\n', ' Agree.\n'],
    ['on, without words', true, ' \n', null],
    ['on, without a text', true, null, null],
  ])('gives the terms as they are written where they are %s', async (_, on, content, terms) => {
    const { id } = await call({ terms_and_condition: on, terms_and_condition_content: content });
    expect((await desk.find(id))?.widget?.terms).toBe(terms);
  });

  it('lets nobody in through a widget that was deleted since', async () => {
    const { id, widgetId } = await call();
    await store.widgets.remove(owner, widgetId);
    expect((await desk.find(id))?.widget?.status).toBe('paused');
  });

  it('keeps the first moment live and the first end', async () => {
    const { id } = await call();
    await desk.wentLive(id);
    const { liveAt } = (await store.calls.find(owner, id))!;
    await desk.wentLive(id);
    await desk.ended(id, { reason: 'assistant', durationMs: 1_000 });
    await desk.ended(id, { reason: 'error', durationMs: 9_000 });
    expect(await store.calls.find(owner, id)).toMatchObject({ liveAt, endReason: 'assistant', durationMs: 1_000 });
    expect(await desk.find(id)).toMatchObject({ over: true });
  });

  it('keeps lines in the order in which they were said, the last wording of each', async () => {
    const { id } = await call();
    const other = await call();
    await desk.said(id, { id: '2', role: 'user', text: 'Two', atMs: 2_000.6 });
    await desk.said(id, { id: '1', role: 'assistant', text: 'One and a half', atMs: 1_000 });
    await desk.said(id, { id: '1', role: 'assistant', text: 'One', atMs: 1_000 });
    await desk.said(other.id, { id: '1', role: 'user', text: 'Elsewhere', atMs: 0 });
    expect(await store.transcripts.list(owner, id)).toMatchObject([
      { id: '1', role: 'assistant', text: 'One', atMs: 1_000 },
      { id: '2', role: 'user', text: 'Two', atMs: 2_001 },
    ]);
  });

  it("takes U+0000 out of a visitor's words", async () => {
    const { id } = await call();
    await desk.said(id, { id: 'u\0', role: 'user', text: 'He\0llo', atMs: 0 });
    await desk.rated(id, { rating: 3, comment: 'So\0 so' });
    expect(await store.transcripts.list(owner, id)).toMatchObject([{ id: 'u', role: 'user', text: 'Hello', atMs: 0 }]);
    expect(await store.feedback.find(owner, id)).toEqual({ rating: 3, comment: 'So so' });
  });

  it('does not repeat what was said when the store fails', async () => {
    const closed = await emptyStore();
    await closed.close();
    const said = createCallDesk(closed).said('0'.repeat(24), { id: 'u1', role: 'user', text: 'secret', atMs: 0 });
    await expect(said).rejects.toThrow('the store failed for call 000000000000000000000000');
    const { id } = await call();
    const rated = desk.rated(id, { rating: 9, comment: 'secret' });
    await expect(rated).rejects.toThrow(/^(?!.*secret)/s);
  });
});
