import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** As the vendors' pages name them. */
const PUBLISHED = {
  Indigenius: [
    'assistantId',
    'background_color',
    'text_color',
    'button_color',
    'button_text_color',
    'border_color',
    'focus_outline_color',
    'card_radius',
    'button_radius',
    'start_call_button',
    'end_call_button',
    'call_to_action',
    'terms_and_condition',
    'terms_and_condition_content',
    'allowed_origins',
  ],
  Insighto: [
    'widget_type',
    'user_opening_messages',
    'action_buttons',
    'id',
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
    'header_color',
    'user_message_color',
    'bot_message_color',
    'bot_icon_color',
    'remove_branding',
    'ice_break_color',
    'bubble_color',
    'bubble_text',
    'bot_text_message_color',
    'user_text_message_color',
    'header_text_color',
    'textbox_default_text',
    'action_buttons_color',
    'style_params',
  ],
  Seny: [
    'id',
    'name',
    'status',
    'display_mode',
    'position',
    'voice',
    'persona',
    'theme',
    'intro_title',
    'intro_subtitle',
    'suggested_prompts',
    'button_label',
    'show_label',
    'domains',
    'created_at',
  ],
  Extensions: ['recording', 'translations'],
};

const TYPES =
  'chat html whatsapp phone html_call leadconnector leadconnector_call sms fb_messenger instagram web_call plivo_call telnyx_call telegram render_form sip';

const DOCS = readFileSync(new URL('../../../docs/config.md', import.meta.url), 'utf8');

/** The first column, and what follows it, of the section's table. */
function rows(section: string): ReadonlyMap<string, string> {
  const text = DOCS.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  return new Map(Array.from(text.matchAll(/^\| `(\w+)` \| (.*) \|$/gm), ([, field, says]) => [field!, says!]));
}

describe('docs/config.md', () => {
  it.each(Object.entries(PUBLISHED))(
    'says of every field of %s what it does, or why it does nothing',
    (name, fields) => {
      const said = rows(name);
      expect(fields.filter((field) => !said.has(field))).toEqual([]);
      for (const [field, says] of said)
        expect(says.replace(/^nothing\b[^:]*:/, '').length, `${field}: ${says}`).toBeGreaterThan(9);
    },
  );

  it('names every type of widget, and where theme keeps what', () => {
    const type = rows('Insighto').get('widget_type')!;
    expect(TYPES.split(' ').filter((name) => !type.includes(`\`${name}\``))).toEqual([]);
    const theme = rows('Seny').get('theme')!;
    expect(['mode', 'primary', 'radius'].filter((name) => !theme.includes(`\`${name}\``))).toEqual([]);
  });
});
