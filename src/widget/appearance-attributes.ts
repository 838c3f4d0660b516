/** What the element's attributes say of how the card is to appear; then the owner's config. A dictionary fills the rest. */

import type { ReactiveElement } from 'lit';
import { DEFAULT_CONFIG, DISPLAY_MODES, POSITIONS, THEME_MODES, type WidgetConfig } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import { readAttribute, readWord } from './attribute.ts';
import { themeOf } from './theme.ts';

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

const ATTRIBUTES = ['lang', 'dir', 'display-mode', 'position', 'theme-mode', 'recording'].concat(
  Object.values(TEXT_ATTRIBUTES),
);

const SWITCH = { '': true, on: true, true: true, off: false, false: false } as const;

/**
 * What is to be seen now.
 *
 * @param config null where there is none (yet)
 * @param language BCP 47, the visitor's
 */
export function appearanceOf(element: Element, published: WidgetConfig | null, language: string): Appearance {
  const config = published ?? DEFAULT_CONFIG;
  const { translations } = config;
  const tag = language.toLowerCase();
  const texts = { ...config.texts, ...(translations[tag] ?? translations[tag.split('-')[0]!]) };
  for (const [key, name] of Object.entries(TEXT_ATTRIBUTES)) {
    const words = element.getAttribute(name)?.trim();
    if (words) texts[key as keyof typeof TEXT_ATTRIBUTES] = words;
  }
  const themeMode = readWord(element, 'theme-mode', THEME_MODES) ?? config.themeMode;
  return {
    displayMode: readWord(element, 'display-mode', DISPLAY_MODES) ?? config.displayMode,
    position: readWord(element, 'position', POSITIONS) ?? config.position,
    themeMode,
    theme: themeOf(config, themeMode),
    recording: readAttribute(element, 'recording', SWITCH) ?? config.recording,
    texts,
  };
}

/**
 * Has the element drawn anew for every change of these attributes, and of the page's own language; while it is on the
 * page, which would otherwise keep it alive for ever. Coming back, it is drawn anew anyway.
 */
export function watchAppearance(host: ReactiveElement): void {
  const observer = new MutationObserver(() => host.requestUpdate());
  host.addController({
    hostConnected: () => {
      observer.observe(host, { attributeFilter: ATTRIBUTES });
      observer.observe(host.ownerDocument.documentElement, { attributeFilter: ['lang', 'dir'] });
    },
    hostDisconnected: () => observer.disconnect(),
  });
}
