import { describe, expect, it } from 'vitest';
import { readInsighto } from '../../../src/config/insighto.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { INSIGHTO } from './samples.ts';

const { light, dark } = DEFAULT_CONFIG.palettes;
const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const FILLED = {
  ...INSIGHTO,
  widget_type: 'web_call',
  user_opening_messages: ['What do you cost?', 'Are you open?'],
  action_buttons: [
    'Call me back',
    { label: 'Menu', url: 'https://northwind.example/menu' },
    { label: 'Book', message: 'I would like to book.' },
    { label: 'Bad', url: 'javascript:alert(1)' },
    { label: 'Nothing' },
    { url: 'https://northwind.example' },
    null,
    7,
  ],
  conversation_bot_icon: PNG,
  bubble_bot_icon: PNG,
  provider_user_friendly_label: 'Northwind Voice',
  name: 'internal-name',
  display_name: 'Northwind',
  intro_message: 'Hello!\nHow can I help?',
  header_color: '#1d4ed8',
  header_text_color: '#fefce8',
  user_message_color: '#15803d',
  user_text_message_color: '#f0fdf4',
  bot_message_color: '#f1f5f9',
  bot_text_message_color: '#0f172a',
  bot_icon_color: '#7c3aed',
  ice_break_color: '#fef3c7',
  bubble_color: '#be123c',
  bubble_text: 'Need help?',
  textbox_default_text: 'Write to us',
  action_buttons_color: '#0f766e',
};

describe('readInsighto', () => {
  it('reads every published field', () => {
    const config = readInsighto(FILLED);
    expect(config).toEqual({
      ...DEFAULT_CONFIG,
      widgetId: INSIGHTO.id,
      assistantId: INSIGHTO.assistant_id,
      palettes: {
        light: {
          ...light,
          button: '#1d4ed8',
          header: '#1d4ed8',
          headerText: '#fefce8',
          userMessage: '#15803d',
          userMessageText: '#f0fdf4',
          assistantMessage: '#f1f5f9',
          assistantMessageText: '#0f172a',
          avatar: '#7c3aed',
          prompt: '#fef3c7',
          launcher: '#be123c',
          action: '#0f766e',
        },
        dark: config.palettes.dark,
      },
      texts: {
        ...DEFAULT_CONFIG.texts,
        title: 'Northwind',
        intro: 'Hello!\nHow can I help?',
        bubble: 'Need help?',
        placeholder: 'Write to us',
        prompts: ['What do you cost?', 'Are you open?'],
        actions: [
          { label: 'Call me back', message: 'Call me back' },
          { label: 'Menu', url: 'https://northwind.example/menu' },
          { label: 'Book', message: 'I would like to book.' },
        ],
      },
      avatarImage: PNG,
      launcherImage: PNG,
      provider: 'Northwind Voice',
    });
  });

  it("reads the page's own sample, whose colours and pictures are none", () => {
    const { palettes, kind, avatarImage, provider, texts } = readInsighto(INSIGHTO);
    expect(palettes).toEqual(DEFAULT_CONFIG.palettes);
    expect({ kind, avatarImage, provider }).toEqual({ kind: 'text', avatarImage: null, provider: '<string>' });
    expect(texts.actions).toEqual([{ label: '<unknown>', message: '<unknown>' }]);
  });

  it.each([
    ['chat', 'text'],
    ['html', 'text'],
    ['web_call', 'voice'],
    ['html_call', 'voice'],
    ['whatsapp', 'elsewhere'],
    ['phone', 'elsewhere'],
    ['leadconnector', 'elsewhere'],
    ['leadconnector_call', 'elsewhere'],
    ['sms', 'elsewhere'],
    ['fb_messenger', 'elsewhere'],
    ['instagram', 'elsewhere'],
    ['plivo_call', 'elsewhere'],
    ['telnyx_call', 'elsewhere'],
    ['telegram', 'elsewhere'],
    ['render_form', 'elsewhere'],
    ['sip', 'elsewhere'],
    [null, 'voice'],
    [undefined, 'voice'],
    [7, 'voice'],
  ])('takes a widget of type %j for %s', (type, kind) => {
    expect(readInsighto({ ...INSIGHTO, widget_type: type }).kind).toBe(kind);
  });

  it('names the provider unless the owner paid for silence', () => {
    expect(readInsighto({ ...FILLED, remove_branding: true }).provider).toBeNull();
    expect(readInsighto({ ...FILLED, remove_branding: null }).provider).toBe('Northwind Voice');
  });

  it('falls back to the name where there is no display name', () => {
    expect(readInsighto({ name: 'Northwind', display_name: ' ' }).texts.title).toBe('Northwind');
  });

  it('reads what it knows of style_params, and nothing else', () => {
    const style = {
      background_color: '#0b1120',
      text_color: '#e2e8f0',
      button_color: '#22d3ee',
      card_radius: 20,
      button_radius: 99,
      display_mode: 'fab',
      position: 'top-left',
      theme_mode: 'auto',
      header_color: '#ff0000',
      font: 'Comic Sans',
    };
    const config = readInsighto({ ...INSIGHTO, style_params: style });
    expect(config).toMatchObject({
      displayMode: 'fab',
      position: 'top-left',
      themeMode: 'auto',
      cardRadius: 20,
      buttonRadius: 64,
    });
    expect(config.palettes.dark).toEqual({
      ...dark,
      background: '#0b1120',
      text: '#e2e8f0',
      button: '#22d3ee',
      buttonText: '#000000',
    });
    expect(readInsighto({ ...INSIGHTO, style_params: 'dark' }).palettes).toEqual(DEFAULT_CONFIG.palettes);
  });

  it.each([
    [{ header_color: '#1d4ed8', bubble_color: '#be123c' }, '#1d4ed8'],
    [{ bubble_color: '#be123c' }, '#be123c'],
    [{ header_color: '#ffffff', bubble_color: '#be123c' }, '#be123c'],
    [{ header_color: '#ffffff' }, light.button],
    [{ header_color: '#1d4ed8', style_params: { button_color: '#15803d' } }, '#15803d'],
  ])('takes for the button of %j %s', (widget, button) => {
    expect(readInsighto(widget).palettes.light.button).toBe(button);
  });

  it.each([
    'https://cdn.example/bot.png',
    'data:text/html,<script>',
    'data:image/bmp;base64,AAAA',
    'data:image/png',
    'data:image/png;base64,AA\nAA',
    `data:image/png;base64,${'A'.repeat(64 * 1024)}`,
    '/bot.png',
    7,
  ])('takes no picture from %j', (icon) => {
    const { avatarImage, launcherImage } = readInsighto({ conversation_bot_icon: icon, bubble_bot_icon: icon });
    expect([avatarImage, launcherImage]).toEqual([null, null]);
  });

  it('takes at most 12 prompts and 6 actions, and cuts them', () => {
    const many = Array.from({ length: 50 }, (_, at) => `${at} ${'x'.repeat(200)}`);
    const { prompts, actions } = readInsighto({ user_opening_messages: many, action_buttons: many }).texts;
    expect(prompts).toEqual(many.slice(0, 12).map((text) => text.slice(0, 120)));
    expect(actions).toEqual(
      many.slice(0, 6).map((text) => ({ label: text.slice(0, 60), message: text.slice(0, 120) })),
    );
  });

  it("reads the owner's texts for a language by their published names", () => {
    const german = { display_name: 'Nordwind', user_opening_messages: ['Was kostet das?'], action_buttons: [] };
    expect(readInsighto({ ...FILLED, translations: { DE: german } }).translations).toEqual({
      de: { title: 'Nordwind', prompts: ['Was kostet das?'] },
    });
  });
});
