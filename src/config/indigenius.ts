/** Reads the published Indigenius widget object. What comes is untrusted JSON: a bad field costs only itself. */

import { readColor } from './color.ts';
import { DEFAULT_CONFIG, type Palette, type WidgetConfig } from './widget-config.ts';

const MAX_LABEL = 60;
const MAX_CALL_TO_ACTION = 120;
const MAX_RADIUS_PX = 64;
const ID = /^[\w-]{1,64}$/;

/** One `WidgetConfig` out of an `UpdateWidgetDTO`; a missing or unusable field takes its default. Never throws. */
export function readIndigenius(widget: unknown): WidgetConfig {
  const fields: Readonly<Record<string, unknown>> = typeof widget === 'object' && widget ? { ...widget } : {};
  const { palettes, texts, cardRadius, buttonRadius } = DEFAULT_CONFIG;
  return {
    ...DEFAULT_CONFIG,
    widgetId: id(fields['id']),
    assistantId: id(fields['assistantId']),
    availability: fields['status'] === 'paused' || fields['status'] === 'draft' ? fields['status'] : 'active',
    palettes: {
      ...palettes,
      light: Object.fromEntries(
        Object.entries(palettes.light).map(([name, otherwise]) => [
          name,
          readColor(fields[published(name)]) ?? otherwise,
        ]),
      ) as unknown as Palette,
    },
    cardRadius: radius(fields['card_radius'], cardRadius),
    buttonRadius: radius(fields['button_radius'], buttonRadius),
    texts: {
      ...texts,
      startLabel: line(fields['start_call_button'], MAX_LABEL),
      endLabel: line(fields['end_call_button'], MAX_LABEL),
      title: line(fields['call_to_action'], MAX_CALL_TO_ACTION),
    },
    terms: fields['terms_and_condition'] === true ? terms(fields['terms_and_condition_content']) : null,
  };
}

/** `buttonText` is published as `button_text_color`. */
function published(name: string): string {
  return `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_color`;
}

function id(value: unknown): string | null {
  return typeof value === 'string' && ID.test(value) ? value : null;
}

function radius(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(MAX_RADIUS_PX, Math.max(0, value)) : otherwise;
}

/** One line of words: white space collapsed, cut between characters; null where nothing is left. */
function line(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  return Array.from(value.replace(/\s+/g, ' ').trim()).slice(0, max).join('') || null;
}

/** Letter for letter: what the visitor accepts is proved by a hash of this text. Empty, the dictionary has words. */
function terms(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
