/** A widget as a form holds it: texts that somebody is still typing; and what is asked of the platform to make it so. */

import { readColor, toHex, toRgb } from '../config/color.ts';
import { guardPalette } from '../config/contrast-guard.ts';
import { INDIGENIUS_COLORS, readIndigenius } from '../config/indigenius.ts';
import type { Palette } from '../config/widget-config.ts';
import type { PublicWidget } from '../protocol/rest.ts';
import type { Widget, WidgetStatus } from './shapes.ts';

export const COLORS = [
  ['background_color', 'Card'],
  ['text_color', 'Words on the card'],
  ['button_color', 'Button'],
  ['button_text_color', 'Words on the button'],
  ['border_color', 'Lines'],
  ['focus_outline_color', 'Keyboard focus'],
] as const;
export type ColorName = (typeof COLORS)[number][0];

const NUMBERS = ['card_radius', 'button_radius'] as const;
const TEXTS = [
  'assistantId',
  'start_call_button',
  'end_call_button',
  'call_to_action',
  'terms_and_condition_content',
] as const;

type TextName = ColorName | (typeof NUMBERS)[number] | (typeof TEXTS)[number] | 'allowed_origins';

/** Empty texts are what nobody has set. */
export interface WidgetDraft extends Readonly<Record<TextName, string>> {
  readonly terms_and_condition: boolean;
  readonly status: WidgetStatus;
}

/** The fields of the published `UpdateWidgetDTO`; null takes back what was set. */
export type WidgetFields = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** @param widget null for one that is still to be made */
export function draftOf(widget: Widget | null): WidgetDraft {
  const texts = [...TEXTS, ...NUMBERS, ...COLORS.map(([name]) => name)].map((name) => [
    name,
    `${widget?.[name] ?? ''}`,
  ]);
  return {
    ...(Object.fromEntries(texts) as Record<Exclude<TextName, 'allowed_origins'>, string>),
    allowed_origins: widget?.allowed_origins.join('\n') ?? '',
    terms_and_condition: widget?.terms_and_condition ?? false,
    status: widget?.status ?? 'active',
  };
}

/** What differs from `before`, and nothing else. */
export function changesOf(draft: WidgetDraft, before: WidgetDraft): WidgetFields {
  const [now, then] = [fieldsOf(draft), fieldsOf(before)];
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name])),
  );
}

/** The public part of the widget that this will be: what the card is drawn from. */
export function configOf(draft: WidgetDraft): PublicWidget {
  const { allowed_origins: _, ...shown } = fieldsOf(draft);
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));
}

/** A colour as a picker takes it: the one that is set, else the one that the card has without. */
export function pickedColor(draft: WidgetDraft, name: ColorName): string {
  const shown = guarded(draft).palette[paletteName(name)]!;
  const rgb = toRgb(readColor(draft[name]) ?? shown) ?? toRgb(shown);
  return rgb ? toHex(rgb) : '#000000';
}

/** What the card will not do with a colour, and what it does instead; null where it is shown as it was given. */
export function colorNote(draft: WidgetDraft, name: ColorName): string | null {
  const given = draft[name].trim();
  if (given === '') return null;
  if (readColor(given) === null) return 'Not a colour that the card can show: it keeps its own.';
  const adjusted = guarded(draft).adjustments.find(({ field }) => field === paletteName(name));
  if (!adjusted) return null;
  return `Too faint where it stands (${adjusted.contrast.toFixed(1)}:1): shown as ${adjusted.used}.`;
}

function fieldsOf(draft: WidgetDraft): WidgetFields {
  const set = (name: TextName): string | null => (draft[name].trim() === '' ? null : draft[name]);
  const colors = COLORS.map(([name]) => [name, set(name)?.trim() ?? null]);
  const numbers = NUMBERS.map((name) => [name, set(name) === null ? null : Number(draft[name])]);
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, set(name)])),
    ...Object.fromEntries(colors),
    ...Object.fromEntries(numbers),
    terms_and_condition: draft.terms_and_condition,
    allowed_origins: linesOf(draft.allowed_origins),
    status: draft.status,
  };
}

/** One entry a line; commas do as well. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter(Boolean);
}

function paletteName(name: ColorName): keyof Palette {
  const [found] = Object.entries(INDIGENIUS_COLORS).find(([, published]) => published === name)!;
  return found as keyof Palette;
}

/** The owner's palette as the card shows it, and what it had to move in it. */
function guarded(draft: WidgetDraft): ReturnType<typeof guardPalette> {
  const { palettes, themeMode } = readIndigenius(configOf(draft));
  return guardPalette(palettes[themeMode === 'dark' ? 'dark' : 'light']);
}
