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
}

export interface Seeded {
  /** For this run only: each `seed` revokes the one before. */
  readonly apiKey: string;
  readonly assistantId: string;
  readonly widgetId: string;
  /** The number that Sam calls from; null where another organisation has registered it. */
  readonly phonePurchaseId: string | null;
}

const ORGANISATION = 'Northwind Catering';
const KEY_NAME = 'local';

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
 * Safe at every start: assistant, widget and number keep their ids and whatever their owner has changed, but for the
 * site's address, which is this start's. The key is new each time.
 */
export async function seed(store: Store, { siteUrl, allowedOrigins }: SeedOptions): Promise<Seeded> {
  const { id: organisationId } = await store.organisations.named(ORGANISATION);

  const [sam] = (await store.assistants.list(organisationId, { limit: 1 })).rows;
  const { id: assistantId } = sam ?? (await store.assistants.create(organisationId, SAM));
  await store.assistants.update(organisationId, assistantId, { site_url: siteUrl });

  const [widget] = (await store.widgets.list(organisationId, { limit: 1 })).rows;
  const { id: widgetId } = widget ?? (await store.widgets.create(organisationId, { ...WIDGET, assistantId }));
  await store.widgets.update(organisationId, widgetId, { allowed_origins: [...allowedOrigins] });

  const phonePurchaseId = await phonePurchase(store, organisationId, assistantId);

  await store.keys.revokeNamed(organisationId, KEY_NAME);
  const { secret } = await store.keys.issue(organisationId, { name: KEY_NAME, scopes: SCOPES });
  return { apiKey: secret, assistantId, widgetId, phonePurchaseId };
}

async function phonePurchase(store: Store, organisationId: string, assistantId: string): Promise<string | null> {
  const own = async () => (await store.phonePurchases.list(organisationId, { limit: 1 })).rows[0];
  const purchase = (await own()) ?? (await store.phonePurchases.create(organisationId, { ...PHONE, assistantId }));
  // Null: the number is registered, by another node of this moment or by somebody else.
  return (purchase ?? (await own()))?.id ?? null;
}
