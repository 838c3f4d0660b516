/** Reads single fields of an object that came from a stranger. What can't be used is as good as not there. */

import { readColor } from './color.ts';
import type { OwnersColors } from './palettes.ts';
import type { OwnerTexts } from './widget-config.ts';

/** A field's value, whatever it is; undefined where the object has no such field of its own. */
export type Get = (name: string) => unknown;

const ID = /^[\w-]{1,64}$/;
const MAX_RADIUS_PX = 64;
/** No owner writes a line of that length; what is behind it isn't looked at. */
const MAX_LOOK = 10_000;
/** Entries of a list that are looked at. */
const MAX_ENTRIES = 100;
const MAX_LANGUAGES = 50;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/;
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,][ -~]+$/i;
const MAX_PICTURE_BYTES = 64 * 1024;
/** Controls that aren't white space, and what makes a text run in another direction than its letters do. */
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\0-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/g;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Get {
  return (name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
}

export function readId(value: unknown): string | null {
  return typeof value === 'string' && ID.test(value) ? value : null;
}

/** CSS pixels. */
export function readRadius(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(MAX_RADIUS_PX, Math.max(0, value)) : otherwise;
}

export function readChoice<T extends string>(value: unknown, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

/** One line of words: white space collapsed, cut between characters; null where nothing is left. */
export function readLine(value: unknown, max: number): string | null {
  return typeof value === 'string' ? cut(seen(value).replace(/[\s\u0085]+/g, ' '), max) : null;
}

/** As a line, but it may have more of them. */
export function readLines(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  const lines = seen(value).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  return cut(
    lines
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line)
      .join('\n'),
    max,
  );
}

/** What `read` makes of each entry, at most `max` of them. */
export function readList<T>(value: unknown, max: number, read: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  const entries = value.slice(0, MAX_ENTRIES).map(read);
  return entries.filter((entry) => entry !== null).slice(0, max) as T[];
}

/** The `data:` URL of a picture: what else names one would have to be fetched from somebody. */
export function readPicture(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_PICTURE_BYTES && PICTURE.test(value) ? value : null;
}

export function readColors(get: Get, names: Readonly<Partial<Record<keyof OwnersColors, string>>>): OwnersColors {
  const colors: OwnersColors = {};
  for (const [name, published] of Object.entries(names)) {
    const color = readColor(get(published));
    if (color) colors[name as keyof OwnersColors] = color;
  }
  return colors;
}

/** `translations: {de: {...}}`, each with the published names of the texts, which `read` knows. */
export function readTranslations(
  value: unknown,
  read: (get: Get) => OwnerTexts,
): Readonly<Record<string, Partial<OwnerTexts>>> {
  if (!isObject(value)) return {};
  const languages = Object.keys(value).slice(0, MAX_ENTRIES);
  const known = languages.flatMap((key) => {
    const language = key.toLowerCase();
    const texts = LANGUAGE.test(language) ? said(read(fieldsOf(value[key]))) : {};
    return Object.keys(texts).length ? [[language, texts] as const] : [];
  });
  return Object.fromEntries(known.slice(0, MAX_LANGUAGES));
}

/** Only what the owner said: nothing may hide the texts of the language that comes next. */
function said(texts: OwnerTexts): Partial<OwnerTexts> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null && text.length > 0));
}

function seen(value: string): string {
  return value.slice(0, MAX_LOOK).replace(UNSEEN, '');
}

/** Between characters as readers see them, where the browser can tell (Firefox since 125); else between code points. */
function cut(value: string, max: number): string | null {
  const text = value.trim();
  if (text.length <= max) return text || null;
  const { Segmenter } = Intl as Partial<typeof Intl>;
  const characters = Segmenter ? Array.from(new Segmenter().segment(text), ({ segment }) => segment) : Array.from(text);
  return characters.slice(0, max).join('').trim();
}
