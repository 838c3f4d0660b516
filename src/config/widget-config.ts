/** What the card needs to know of a widget, whichever published object it came from. Readers live beside this file. */

/**
 * CSS colours, each checked (`color.ts`) and legible on its ground (`contrast-guard.ts`) before it gets here. Null: the
 * style sheet derives one from the others.
 */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly button: string;
  readonly buttonText: string;
  readonly border: string;
  readonly focusOutline: string;
  /** How loud the assistant is. */
  readonly level: string | null;
  /** A ground that is quietly set apart from the card's. */
  readonly tint: string | null;
  /** What is said beside the point, on the background. */
  readonly muted: string | null;
  readonly header: string | null;
  readonly headerText: string | null;
  readonly avatar: string | null;
  readonly avatarText: string | null;
  readonly launcher: string | null;
  readonly launcherText: string | null;
  readonly userMessage: string | null;
  readonly userMessageText: string | null;
  readonly assistantMessage: string | null;
  readonly assistantMessageText: string | null;
  readonly prompt: string | null;
  readonly promptText: string | null;
  readonly action: string | null;
  readonly actionText: string | null;
}

export type Scheme = 'light' | 'dark';
export const THEME_MODES = ['light', 'dark', 'auto'] as const;
export type ThemeMode = (typeof THEME_MODES)[number];

export const DISPLAY_MODES = ['card', 'fab', 'fullscreen'] as const;
/** In the page's flow; a launcher that opens the card; or the card as the whole window. */
export type DisplayMode = (typeof DISPLAY_MODES)[number];

export const POSITIONS = [
  'bottom-right',
  'bottom-left',
  'bottom-center',
  'top-right',
  'top-left',
  'top-center',
] as const;
/** Where a launcher floats. Left and right are the window's, in every direction of writing. */
export type Position = (typeof POSITIONS)[number];

export type Availability = 'active' | 'paused' | 'draft';

/** A button of the owner's beside the call: a link, or something that is said to the assistant. */
export type ActionButton =
  { readonly label: string; readonly url: string } | { readonly label: string; readonly message: string };

/** The owner's words; null where the owner said nothing and the dictionary speaks. One line each, but `intro`. */
export interface OwnerTexts {
  /** The line at the top of the card. */
  readonly title: string | null;
  readonly startLabel: string | null;
  readonly endLabel: string | null;
  /** The words on the launcher. */
  readonly launcherLabel: string | null;
  /** The bubble beside the launcher. */
  readonly bubble: string | null;
  /** Above and below what moves, while the card waits to be used. */
  readonly introTitle: string | null;
  readonly intro: string | null;
  readonly placeholder: string | null;
  /** What a visitor might ask. */
  readonly prompts: readonly string[];
  readonly actions: readonly ActionButton[];
}

export interface WidgetConfig {
  readonly widgetId: string | null;
  readonly assistantId: string | null;
  readonly availability: Availability;
  /** Talked with, written with, or (a telephone line, a messenger) not on the web at all. */
  readonly kind: 'voice' | 'text' | 'elsewhere';
  readonly palettes: Readonly<Record<Scheme, Palette>>;
  /** The owner's; the `theme-mode` attribute goes before it. */
  readonly themeMode: ThemeMode;
  readonly displayMode: DisplayMode;
  readonly position: Position;
  /** CSS pixels, 0 to 64. */
  readonly cardRadius: number;
  /** CSS pixels, 0 to 64. */
  readonly buttonRadius: number;
  readonly texts: OwnerTexts;
  /** The owner's words for a language (BCP 47, lower case), where they differ. */
  readonly translations: Readonly<Record<string, Partial<OwnerTexts>>>;
  /** Whether the launcher shows its words. */
  readonly showLabel: boolean;
  /** `data:` URLs of pictures, since nothing is fetched from anybody else. */
  readonly avatarImage: string | null;
  readonly launcherImage: string | null;
  /** Who provides the assistant, where the card should say so. */
  readonly provider: string | null;
  /** The assistant records: the card says so before a call. */
  readonly recording: boolean;
  /** The terms a visitor must accept before any call; null where none are asked for. */
  readonly terms: string | null;
}

const DERIVED = {
  level: null,
  tint: null,
  muted: null,
  header: null,
  headerText: null,
  avatar: null,
  avatarText: null,
  launcher: null,
  launcherText: null,
  userMessage: null,
  userMessageText: null,
  assistantMessage: null,
  assistantMessageText: null,
  prompt: null,
  promptText: null,
  action: null,
  actionText: null,
} as const;

/** A calm default: every pair of these passes WCAG AA. */
export const DEFAULT_CONFIG: WidgetConfig = {
  widgetId: null,
  assistantId: null,
  availability: 'active',
  kind: 'voice',
  palettes: {
    light: {
      ...DERIVED,
      background: '#ffffff',
      text: '#111827',
      button: '#0369a1',
      buttonText: '#ffffff',
      border: '#e5e7eb',
      focusOutline: '#0284c7',
    },
    dark: {
      ...DERIVED,
      background: '#111827',
      text: '#f3f4f6',
      button: '#036ca6',
      buttonText: '#ffffff',
      border: '#374151',
      focusOutline: '#38bdf8',
    },
  },
  themeMode: 'light',
  displayMode: 'card',
  position: 'bottom-right',
  cardRadius: 12,
  buttonRadius: 8,
  texts: {
    title: null,
    startLabel: null,
    endLabel: null,
    launcherLabel: null,
    bubble: null,
    introTitle: null,
    intro: null,
    placeholder: null,
    prompts: [],
    actions: [],
  },
  translations: {},
  showLabel: true,
  avatarImage: null,
  launcherImage: null,
  provider: null,
  recording: false,
  terms: null,
};
