import { describe, expect, it } from 'vitest';
import { storeOfTest } from './stores.ts';

describe('calls', () => {
  it('by an id that can be none are none, and never asked of the database', async () => {
    const store = await storeOfTest();
    const { id: owner } = await store.organisations.named('Acme Inc');
    const assistant = await store.assistants.create(owner, { name: 'Sam' });
    const call = await store.calls.create(owner, { assistantId: assistant.id });
    expect((await store.calls.list(owner, {}, { assistantId: assistant.id })).rows).toEqual([call]);
    for (const none of ['\0', '', 'x'.repeat(10_000)]) {
      expect(await store.calls.list(owner, {}, { assistantId: none })).toEqual({ rows: [], next: null });
      expect(await store.calls.list(owner, {}, { widgetId: none })).toEqual({ rows: [], next: null });
    }
  });
});
