/** How the card is to appear, once everybody who has a say in it has been asked. */

import type { DisplayMode, OwnerTexts, Position, ThemeMode, WidgetConfig } from '../config/widget-config.ts';

export interface Appearance {
  readonly displayMode: DisplayMode;
  readonly position: Position;
  readonly themeMode: ThemeMode;
  readonly texts: OwnerTexts;
  readonly recording: boolean;
  /** A style sheet of custom properties. */
  readonly theme: string;
}

/** Whether the dictionary's first words are all that a card needs before a call. */
export function isPlain({ kind, provider }: WidgetConfig, { texts, recording }: Appearance): boolean {
  return kind === 'voice' && !recording && !provider && !texts.prompts.length && !texts.actions.length;
}
