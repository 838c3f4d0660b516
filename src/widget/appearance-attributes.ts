/** What the element's attributes say of how the card is to appear; then the owner's config. A dictionary fills the rest. */

import { DISPLAY_MODES, POSITIONS, THEME_MODES, type WidgetConfig } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import { readAttribute, readWord } from './attribute.ts';

/** Named as the published fields are. */
const TEXT_ATTRIBUTES = {
  title: 'call-to-action',
  startLabel: 'start-call-button',
  endLabel: 'end-call-button',
  launcherLabel: 'button-label',
  bubble: 'bubble-text',
  introTitle: 'intro-title',
  intro: 'intro-subtitle',
  placeholder: 'textbox-default-text',
} as const;

/** A change of any of these is to be drawn. */
export const APPEARANCE_ATTRIBUTES: readonly string[] = [
  'lang',
  'dir',
  'display-mode',
  'position',
  'theme-mode',
  'recording',
  ...Object.values(TEXT_ATTRIBUTES),
];

const SWITCH = { '': true, on: true, true: true, off: false, false: false } as const;

/** @param language BCP 47, the visitor's */
export function appearanceOf(element: Element, config: WidgetConfig, language: string): Appearance {
  const { translations } = config;
  const tag = language.toLowerCase();
  const texts = { ...config.texts, ...(translations[tag] ?? translations[tag.split('-')[0]!]) };
  for (const [key, name] of Object.entries(TEXT_ATTRIBUTES)) {
    const words = element.getAttribute(name)?.trim();
    if (words) texts[key as keyof typeof TEXT_ATTRIBUTES] = words;
  }
  return {
    displayMode: readWord(element, 'display-mode', DISPLAY_MODES) ?? config.displayMode,
    position: readWord(element, 'position', POSITIONS) ?? config.position,
    themeMode: readWord(element, 'theme-mode', THEME_MODES) ?? config.themeMode,
    recording: readAttribute(element, 'recording', SWITCH) ?? config.recording,
    texts,
  };
}
