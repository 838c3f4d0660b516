/** Reads the published Indigenius widget object. What comes is untrusted JSON: a bad field costs only itself. */

import {
  fieldsOf,
  type Get,
  readChoice,
  readColors,
  readId,
  readLine,
  readRadius,
  readTranslations,
} from './fields.ts';
import { MAX } from './owner-texts.ts';
import { palettesOf } from './palettes.ts';
import { DEFAULT_CONFIG, type OwnerTexts, type WidgetConfig } from './widget-config.ts';

/** The colours under the names that they are published by. */
export const INDIGENIUS_COLORS = {
  background: 'background_color',
  text: 'text_color',
  button: 'button_color',
  buttonText: 'button_text_color',
  border: 'border_color',
  focusOutline: 'focus_outline_color',
} as const;

/** The fields by which a widget object is known to be this one. */
export const INDIGENIUS_FIELDS: readonly string[] = [
  ...Object.values(INDIGENIUS_COLORS),
  'assistantId',
  'card_radius',
  'button_radius',
  'start_call_button',
  'end_call_button',
  'call_to_action',
  'terms_and_condition',
  'terms_and_condition_content',
  'allowed_origins',
];

/** One `WidgetConfig` out of an `UpdateWidgetDTO`; a missing or unusable field takes its default. Never throws. */
export function readIndigenius(widget: unknown): WidgetConfig {
  const get = fieldsOf(widget);
  const { cardRadius, buttonRadius } = DEFAULT_CONFIG;
  const { palettes, scheme } = palettesOf(readColors(get, INDIGENIUS_COLORS));
  return {
    ...DEFAULT_CONFIG,
    widgetId: readId(get('id')),
    assistantId: readId(get('assistantId')),
    availability: readChoice(get('status'), ['paused', 'draft']) ?? 'active',
    palettes,
    themeMode: scheme,
    cardRadius: readRadius(get('card_radius'), cardRadius),
    buttonRadius: readRadius(get('button_radius'), buttonRadius),
    texts: texts(get),
    translations: readTranslations(get('translations'), texts),
    recording: get('recording') === true,
    terms: get('terms_and_condition') === true ? terms(get('terms_and_condition_content')) : null,
  };
}

function texts(get: Get): OwnerTexts {
  return {
    ...DEFAULT_CONFIG.texts,
    startLabel: readLine(get('start_call_button'), MAX.label),
    endLabel: readLine(get('end_call_button'), MAX.label),
    title: readLine(get('call_to_action'), MAX.title),
  };
}

/**
 * Letter for letter and at any length: what the visitor accepts is proved by a hash of this text, so a cut text would
 * have every call refused, and one left out would show terms that nobody agreed to. Empty, the dictionary has words.
 */
function terms(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
