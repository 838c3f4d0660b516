/** Reads the published Seny widget object. What comes is untrusted JSON: a bad field costs only itself. */

import { readColor } from './color.ts';
import { fieldsOf, type Get, readChoice, readId, readLine, readLines, readRadius, readTranslations } from './fields.ts';
import { MAX, readPrompts } from './owner-texts.ts';
import { palettesOf } from './palettes.ts';
import {
  DEFAULT_CONFIG,
  DISPLAY_MODES,
  type OwnerTexts,
  POSITIONS,
  THEME_MODES,
  type WidgetConfig,
} from './widget-config.ts';

/** The fields by which a widget object is known to be this one. */
export const SENY_FIELDS: readonly string[] = [
  'name',
  'display_mode',
  'position',
  'voice',
  'persona',
  'theme',
  'intro_title',
  'intro_subtitle',
  'suggested_prompts',
  'button_label',
  'show_label',
  'domains',
  'created_at',
];

/** One `WidgetConfig` out of a Seny widget; a missing or unusable field takes its default. Never throws. */
export function readSeny(widget: unknown): WidgetConfig {
  const get = fieldsOf(widget);
  const theme = fieldsOf(get('theme'));
  const themeMode = readChoice(theme('mode'), THEME_MODES) ?? DEFAULT_CONFIG.themeMode;
  const primary = readColor(theme('primary'));
  const { palettes } = palettesOf(primary ? { button: primary } : {}, themeMode === 'dark' ? 'dark' : 'light');
  const cardRadius = readRadius(theme('radius'), DEFAULT_CONFIG.cardRadius);
  return {
    ...DEFAULT_CONFIG,
    widgetId: readId(get('id')),
    availability: readChoice(get('status'), ['paused', 'draft']) ?? 'active',
    palettes,
    themeMode,
    displayMode: readChoice(get('display_mode'), DISPLAY_MODES) ?? DEFAULT_CONFIG.displayMode,
    position: readChoice(get('position'), POSITIONS) ?? DEFAULT_CONFIG.position,
    cardRadius,
    // In the proportion of the default radii; rounded down, never more than the card's.
    buttonRadius: Math.floor((cardRadius * DEFAULT_CONFIG.buttonRadius * 100) / DEFAULT_CONFIG.cardRadius) / 100,
    texts: texts(get),
    translations: readTranslations(get('translations'), texts),
    showLabel: get('show_label') !== false,
    recording: get('recording') === true,
  };
}

function texts(get: Get): OwnerTexts {
  const label = readLine(get('button_label'), MAX.label);
  return {
    ...DEFAULT_CONFIG.texts,
    title: readLine(get('name'), MAX.title),
    startLabel: label,
    launcherLabel: label,
    introTitle: readLine(get('intro_title'), MAX.title),
    intro: readLines(get('intro_subtitle'), MAX.intro),
    prompts: readPrompts(get('suggested_prompts')),
  };
}
