/** What the card needs to know of a widget, whichever published object it came from. Readers live beside this file. */

/** CSS colours, each checked (`color.ts`) before it gets here. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly button: string;
  readonly buttonText: string;
  readonly border: string;
  readonly focusOutline: string;
}

export type Availability = 'active' | 'paused' | 'draft';

export interface WidgetConfig {
  readonly widgetId: string | null;
  readonly assistantId: string | null;
  readonly availability: Availability;
  readonly palette: Palette;
  /** CSS pixels, 0 to 64. */
  readonly cardRadius: number;
  /** CSS pixels, 0 to 64. */
  readonly buttonRadius: number;
  /** The owner's words; null where the owner said nothing and the dictionary speaks. */
  readonly startLabel: string | null;
  readonly endLabel: string | null;
  readonly callToAction: string | null;
  /** The terms a visitor must accept before any call; null where none are asked for. */
  readonly terms: string | null;
}

/** A calm default: every pair of these passes WCAG AA. */
export const DEFAULT_CONFIG: WidgetConfig = {
  widgetId: null,
  assistantId: null,
  availability: 'active',
  palette: {
    background: '#ffffff',
    text: '#111827',
    button: '#0369a1',
    buttonText: '#ffffff',
    border: '#e5e7eb',
    focusOutline: '#0284c7',
  },
  cardRadius: 12,
  buttonRadius: 8,
  startLabel: null,
  endLabel: null,
  callToAction: null,
  terms: null,
};
