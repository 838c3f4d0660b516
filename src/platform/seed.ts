/** A first customer for a new store: Northwind Catering, its assistant Sam, a widget on its site, and a telephone number. */

import { SCOPES } from './store/scopes.ts';
import type { AssistantFields } from './store/assistants.ts';
import type { Store } from './store/store.ts';
import type { WidgetFields } from './store/widgets.ts';

export interface SeedOptions {
  /** Where Northwind's site is: the assistant answers from its pages. */
  readonly siteUrl: string;
  /** The origins that the widget may be on; empty for any. */
  readonly allowedOrigins: readonly string[];
  /** Of the key that is issued and of those that it replaces; `local` unless told otherwise. */
  readonly keyName?: string;
}

export interface Seeded {
  /** For this run only: each `seed` revokes those before it of its name. */
  readonly apiKey: string;
  readonly organisationId: string;
  readonly assistantId: string;
  readonly widgetId: string;
  /** The number that Sam calls from; null where another organisation has registered it. */
  readonly phonePurchaseId: string | null;
}

const ORGANISATION = 'Northwind Catering';

const SAM: AssistantFields = {
  name: 'Sam',
  company_name: ORGANISATION,
  industry: 'catering',
  language: 'English',
  voice: 'female',
  task_type: 'customer_support',
  first_message: 'Hi, this is Sam at Northwind Catering. What can I help you with?',
  system_prompt:
    'You are Sam, who answers for Northwind Catering. Be friendly, brief and honest: say only what the site says.',
};

const PHONE = { phoneNumber: '+14155550100', provider: 'twilio' } as const;

/** Every pair of these colours passes WCAG AA. */
const WIDGET: WidgetFields = {
  background_color: '#FFFFFF',
  text_color: '#111827',
  button_color: '#0369A1',
  button_text_color: '#FFFFFF',
  border_color: '#E5E7EB',
  focus_outline_color: '#0284C7',
  card_radius: 12,
  button_radius: 8,
  start_call_button: 'Start call',
  end_call_button: 'End call',
  call_to_action: 'Talk to Northwind Catering',
  terms_and_condition: false,
};

/**
 * Safe at every start, and by several nodes at once: assistant, widget and number keep their ids and whatever their
 * owner has changed, but for the site's address, which is this start's. The key is new each time.
 */
export function seed(store: Store, options: SeedOptions): Promise<Seeded> {
  return store.alone(() => seedAlone(store, options));
}

async function seedAlone(store: Store, options: SeedOptions): Promise<Seeded> {
  const { siteUrl, allowedOrigins, keyName = 'local' } = options;
  const { id: organisationId } = await store.organisations.named(ORGANISATION);

  const [sam] = (await store.assistants.list(organisationId, { limit: 1 })).rows;
  const { id: assistantId } = sam ?? (await store.assistants.create(organisationId, SAM));
  await store.assistants.update(organisationId, assistantId, { site_url: siteUrl });

  const [widget] = (await store.widgets.list(organisationId, { limit: 1 })).rows;
  const { id: widgetId } = widget ?? (await store.widgets.create(organisationId, { ...WIDGET, assistantId }));
  await store.widgets.update(organisationId, widgetId, { allowed_origins: [...allowedOrigins] });

  const phonePurchaseId = await phonePurchase(store, organisationId, assistantId);

  await store.keys.revokeNamed(organisationId, keyName);
  const { secret } = await store.keys.issue(organisationId, { name: keyName, scopes: SCOPES });
  return { apiKey: secret, organisationId, assistantId, widgetId, phonePurchaseId };
}

async function phonePurchase(store: Store, organisationId: string, assistantId: string): Promise<string | null> {
  const own = async () => (await store.phonePurchases.list(organisationId, { limit: 1 })).rows[0];
  const purchase = (await own()) ?? (await store.phonePurchases.create(organisationId, { ...PHONE, assistantId }));
  // Null: the number is registered, by somebody else.
  return (purchase ?? (await own()))?.id ?? null;
}
