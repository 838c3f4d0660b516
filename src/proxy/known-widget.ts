/** What the platform answers for a widget, split into what a browser may see and what the proxy keeps. */

import type { PublicWidget } from '../protocol/rest.ts';

export interface KnownWidget {
  readonly public: PublicWidget;
  /** Empty: any origin. */
  readonly allowedOrigins: readonly string[];
}

const PUBLIC_FIELDS: Readonly<Record<keyof PublicWidget, 'string' | 'number' | 'boolean'>> = {
  id: 'string',
  assistantId: 'string',
  background_color: 'string',
  text_color: 'string',
  button_color: 'string',
  button_text_color: 'string',
  border_color: 'string',
  focus_outline_color: 'string',
  card_radius: 'number',
  button_radius: 'number',
  start_call_button: 'string',
  end_call_button: 'string',
  call_to_action: 'string',
  terms_and_condition: 'boolean',
  terms_and_condition_content: 'string',
  status: 'string',
  recording: 'boolean',
};

/**
 * Reads `{data: widget}`, as the published endpoints answer, or the bare widget. Fields that nobody knows stay here.
 *
 * @returns null where that is no widget, or its origins can't be read: then nobody can say who may use it
 */
export function readWidget(id: string, body: unknown): KnownWidget | null {
  if (!isObject(body)) return null;
  const enveloped = 'data' in body;
  const widget = enveloped ? body['data'] : body;
  if (!isObject(widget)) return null;
  const hasId = typeof widget['id'] === 'string' || typeof widget['_id'] === 'string';
  if (!enveloped && !hasId) return null;
  const allowedOrigins = widget['allowed_origins'] ?? [];
  if (!Array.isArray(allowedOrigins) || !allowedOrigins.every((entry) => typeof entry === 'string')) return null;
  const shown = Object.entries(PUBLIC_FIELDS).flatMap(([field, type]) =>
    typeof widget[field] === type ? [[field, widget[field]] as const] : [],
  );
  return { public: { ...Object.fromEntries(shown), id }, allowedOrigins };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
