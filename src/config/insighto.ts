/** Reads the published Insighto widget object, `IWidgetRead`. What comes is untrusted: a bad field costs only itself. */

import {
  fieldsOf,
  type Get,
  isObject,
  readChoice,
  readColors,
  readId,
  readLine,
  readLines,
  readList,
  readPicture,
  readRadius,
  readTranslations,
} from './fields.ts';
import { INDIGENIUS_COLORS } from './indigenius.ts';
import { readLink } from './links.ts';
import { MAX, readPrompts } from './owner-texts.ts';
import { isSeen, palettesOf } from './palettes.ts';
import {
  type ActionButton,
  DEFAULT_CONFIG,
  DISPLAY_MODES,
  type OwnerTexts,
  POSITIONS,
  THEME_MODES,
  type WidgetConfig,
} from './widget-config.ts';

const COLORS = {
  launcher: 'bubble_color',
  header: 'header_color',
  headerText: 'header_text_color',
  userMessage: 'user_message_color',
  userMessageText: 'user_text_message_color',
  assistantMessage: 'bot_message_color',
  assistantMessageText: 'bot_text_message_color',
  avatar: 'bot_icon_color',
  prompt: 'ice_break_color',
  action: 'action_buttons_color',
} as const;

/** The fields by which a widget object is known to be this one. */
export const INSIGHTO_FIELDS: readonly string[] = [
  ...Object.values(COLORS),
  'widget_type',
  'user_opening_messages',
  'action_buttons',
  'conversation_bot_icon',
  'bubble_bot_icon',
  'provider_user_friendly_label',
  'widget_provider',
  'org_id',
  'assistant_id',
  'name',
  'description',
  'attributes',
  'display_name',
  'intro_message',
  'remove_branding',
  'bubble_text',
  'textbox_default_text',
  'style_params',
];

const MAX_ACTIONS = 6;
const VOICE = ['web_call', 'html_call'];
const TEXT = ['chat', 'html'];

/** One `WidgetConfig` out of an `IWidgetRead`; a missing or unusable field takes its default. Never throws. */
export function readInsighto(widget: unknown): WidgetConfig {
  const get = fieldsOf(widget);
  const style = fieldsOf(get('style_params'));
  const { cardRadius, buttonRadius, displayMode, position } = DEFAULT_CONFIG;
  const themeMode = readChoice(style('theme_mode'), THEME_MODES);
  const wanted = themeMode === 'dark' ? 'dark' : 'light';
  const colors = { ...readColors(get, COLORS), ...readColors(style, INDIGENIUS_COLORS) };
  const background = colors.background ?? DEFAULT_CONFIG.palettes[wanted].background;
  // A white header is common, and no accent.
  const accent = [colors.header, colors.launcher].find((color) => color && isSeen(color, background));
  if (accent) colors.button ??= accent;
  const { palettes, scheme } = palettesOf(colors, wanted);
  return {
    ...DEFAULT_CONFIG,
    widgetId: readId(get('id')),
    assistantId: readId(get('assistant_id')),
    kind: kindOf(get('widget_type')),
    palettes,
    themeMode: themeMode ?? scheme,
    displayMode: readChoice(style('display_mode'), DISPLAY_MODES) ?? displayMode,
    position: readChoice(style('position'), POSITIONS) ?? position,
    cardRadius: readRadius(style('card_radius'), cardRadius),
    buttonRadius: readRadius(style('button_radius'), buttonRadius),
    texts: texts(get),
    translations: readTranslations(get('translations'), texts),
    avatarImage: readPicture(get('conversation_bot_icon')),
    launcherImage: readPicture(get('bubble_bot_icon')),
    provider: get('remove_branding') === true ? null : readLine(get('provider_user_friendly_label'), MAX.label),
    recording: get('recording') === true,
  };
}

function texts(get: Get): OwnerTexts {
  return {
    ...DEFAULT_CONFIG.texts,
    title: readLine(get('display_name'), MAX.title) ?? readLine(get('name'), MAX.title),
    intro: readLines(get('intro_message'), MAX.intro),
    bubble: readLine(get('bubble_text'), MAX.bubble),
    placeholder: readLine(get('textbox_default_text'), MAX.placeholder),
    prompts: readPrompts(get('user_opening_messages')),
    actions: readList(get('action_buttons'), MAX_ACTIONS, readAction),
  };
}

/** The page leaves open what an action button is. A text is said to the assistant, as its label says. */
function readAction(value: unknown): ActionButton | null {
  const get = fieldsOf(isObject(value) ? value : { label: value, message: value });
  const label = readLine(get('label'), MAX.label);
  if (!label) return null;
  const url = readLink(get('url'));
  if (url) return { label, url };
  const message = readLine(get('message'), MAX.prompt);
  return message ? { label, message } : null;
}

/** What is neither called nor written to in a browser lives elsewhere: a telephone line, a messenger. */
function kindOf(type: unknown): WidgetConfig['kind'] {
  if (typeof type !== 'string' || VOICE.includes(type)) return 'voice';
  return TEXT.includes(type) ? 'text' : 'elsewhere';
}
