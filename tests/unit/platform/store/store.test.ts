import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/platform/store/store.ts';
import { databaseOfTest, emptyStore } from './stores.ts';

describe('a store', () => {
  it('has everything again when it is opened again', async () => {
    const options = await databaseOfTest();
    const before = await openStore(options);
    const { id: owner } = await before.organisations.named('Acme Inc');
    const { secret: key } = await before.keys.issue(owner, { name: 'test', scopes: ['calls:read'] });
    const assistant = await before.assistants.create(owner, { name: 'Sam', temperature: 0.7 });
    const widget = await before.widgets.create(owner, {
      assistantId: assistant.id,
      card_radius: 12.5,
      call_to_action: 'Talk — “now” 🍽',
      allowed_origins: ['https://a.example', 'https://b.example'],
    });
    const call = await before.calls.create(owner, { assistantId: assistant.id, widgetId: widget.id });
    await before.transcripts.put(owner, call.id, { id: 'u1', role: 'user', text: 'Grüezi', atMs: 5 });
    await before.feedback.put(owner, call.id, { rating: 5, comment: null });
    await before.close();

    const after = await openStore(options);
    expect((await after.organisations.named('Acme Inc')).id).toBe(owner);
    expect(await after.keys.check(key)).toMatchObject({ organisationId: owner, scopes: ['calls:read'] });
    expect((await after.assistants.list(owner)).rows).toEqual([assistant]);
    expect((await after.widgets.list(owner)).rows).toEqual([widget]);
    expect((await after.calls.list(owner)).rows).toEqual([call]);
    expect(await after.transcripts.list(owner, call.id)).toMatchObject([
      { id: 'u1', role: 'user', text: 'Grüezi', atMs: 5 },
    ]);
    expect(await after.feedback.find(owner, call.id)).toEqual({ rating: 5, comment: null });
    await after.close();
  });
});

describe('a row', () => {
  it('can only refer to rows of its own organisation', async () => {
    const store = await emptyStore();
    const { id: owner } = await store.organisations.named('Acme Inc');
    const { id: stranger } = await store.organisations.named('Northwind Catering');
    const { id: assistantId } = await store.assistants.create(owner, { name: 'Sam' });
    const { id: widgetId } = await store.widgets.create(owner, { assistantId });
    const { id: callId } = await store.calls.create(owner, { assistantId, widgetId });
    const refusedBy = (constraint: string) => ({ cause: { constraint } });
    const line = { id: 'u1', role: 'user', text: 'Hello', atMs: 0 } as const;

    await expect(store.widgets.create(stranger, { assistantId })).rejects.toMatchObject(refusedBy('widgets_assistant'));
    await expect(store.calls.create(stranger, { assistantId })).rejects.toMatchObject(refusedBy('calls_assistant'));
    await expect(store.transcripts.put(stranger, callId, line)).rejects.toMatchObject(
      refusedBy('transcript_lines_call'),
    );
    await expect(store.feedback.put(stranger, callId, { rating: 1, comment: null })).rejects.toMatchObject(
      refusedBy('feedback_call'),
    );

    await store.transcripts.put(owner, callId, line);
    // Over the owner's line: refused by the condition of the overwrite, not by the foreign key.
    await store.transcripts.put(stranger, callId, { ...line, text: 'Mine' }).catch(() => {});
    expect(await store.transcripts.list(owner, callId)).toMatchObject([line]);
    await store.close();
  });
});
