import { describe, expect, it } from 'vitest';
import { seed } from '../../../../src/platform/seed.ts';
import { SCOPES } from '../../../../src/platform/store/scopes.ts';
import { openStore } from '../../../../src/platform/store/store.ts';
import { databaseOfTest, emptyStore, storeOfTest } from './stores.ts';

const SITE = { siteUrl: 'http://127.0.0.1:5173/', allowedOrigins: ['http://127.0.0.1:5173'] };

/** WCAG 2 contrast of two `#rrggbb`. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('seed', () => {
  it('keeps the ids and what the owner changed over restarts, and gives a new key for the old one', async () => {
    const options = await databaseOfTest();
    const before = await openStore(options);
    const first = await seed(before, SITE);
    const holder = (await before.keys.check(first.apiKey))!;
    await before.assistants.update(holder.organisationId, first.assistantId, { name: 'Samantha' });
    await before.widgets.update(holder.organisationId, first.widgetId, { status: 'paused' });
    await before.close();

    const after = await openStore(options);
    const second = await seed(after, { siteUrl: 'http://127.0.0.1:9000/', allowedOrigins: ['http://127.0.0.1:9000'] });
    const { assistantId, widgetId, phonePurchaseId } = first;
    expect(second).toMatchObject({ assistantId, widgetId, phonePurchaseId });
    expect(second.apiKey).not.toBe(first.apiKey);
    expect(await after.keys.check(first.apiKey)).toBeNull();
    const { organisationId, scopes } = (await after.keys.check(second.apiKey))!;
    expect(scopes).toEqual(SCOPES);
    expect(organisationId).toBe(holder.organisationId);
    expect((await after.assistants.list(organisationId)).rows).toEqual([
      expect.objectContaining({ name: 'Samantha', site_url: 'http://127.0.0.1:9000/' }),
    ]);
    expect((await after.widgets.list(organisationId)).rows).toEqual([
      expect.objectContaining({ status: 'paused', allowed_origins: ['http://127.0.0.1:9000'] }),
    ]);
    expect((await after.phonePurchases.list(organisationId)).rows).toEqual([
      expect.objectContaining({ id: phonePurchaseId, assistantId, phoneNumber: '+14155550100', provider: 'twilio' }),
    ]);
    await after.close();
  });

  it('gives nodes that start at the same time one assistant and one widget, and each a key of its own', async () => {
    const store = await emptyStore();
    const nodes = Array.from({ length: 5 }, (_, index) => seed(store, { ...SITE, keyName: `local ${index}` }));
    const seeded = await Promise.all(nodes);
    const { organisationId } = seeded[0]!;
    expect((await store.assistants.list(organisationId)).rows).toHaveLength(1);
    expect((await store.widgets.list(organisationId)).rows).toHaveLength(1);
    const holders = await Promise.all(seeded.map(({ apiKey }) => store.keys.check(apiKey)));
    expect(holders.map((holder) => holder?.organisationId)).toEqual(seeded.map(() => organisationId));

    const again = await seed(store, { ...SITE, keyName: 'local 0' });
    expect(await store.keys.check(seeded[0]!.apiKey)).toBeNull();
    expect(await store.keys.check(again.apiKey)).not.toBeNull();
    expect(await store.keys.check(seeded[1]!.apiKey)).not.toBeNull();
    await store.close();
  });

  it('gives a widget that shows Sam in colours that pass WCAG AA', async () => {
    const store = await emptyStore();
    const { apiKey, assistantId, widgetId } = await seed(store, SITE);
    const { organisationId } = (await store.keys.check(apiKey))!;
    const widget = (await store.widgets.find(organisationId, widgetId))!;
    expect(widget).toMatchObject({ assistantId, status: 'active', terms_and_condition: false });
    expect(contrast(widget.text_color!, widget.background_color!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(widget.button_text_color!, widget.button_color!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(widget.button_color!, widget.background_color!)).toBeGreaterThanOrEqual(3);
    expect(contrast(widget.focus_outline_color!, widget.background_color!)).toBeGreaterThanOrEqual(3);
    await store.close();
  });

  it('does without a number that somebody else has registered', async () => {
    const store = await storeOfTest();
    const { id: other } = await store.organisations.named('Acme Inc');
    const { id: assistantId } = await store.assistants.create(other, { name: 'Sam' });
    await store.phonePurchases.create(other, { assistantId, phoneNumber: '+14155550100', provider: 'twilio' });
    expect(await seed(store, SITE)).toMatchObject({ phonePurchaseId: null });
  });
});
