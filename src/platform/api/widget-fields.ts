/** The fields of a widget as a body may carry them: the published ones, and its status. */

import { z } from '@hono/zod-openapi';
import { label, words } from './body.ts';

// How a colour is read is the widget's business; it checks again, and falls back to a default.
const color = () => label(100).nullish().openapi({ example: '#0369A1' });
const radius = () => z.number().min(0).max(1_000).nullish().openapi({ description: 'CSS pixels' });

/** `https://host` or `http://host:port`: what a browser sends as `Origin`. A slash at the end is forgiven. */
const origin = z
  .string()
  .max(300)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const bare = url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
    if (bare) return url.origin;
    context.addIssue({ code: 'custom', message: 'must be an origin such as https://app.example.com' });
    return z.NEVER;
  });

const fields = {
  assistantId: z.string().nullish(),
  background_color: color(),
  text_color: color(),
  button_color: color(),
  button_text_color: color(),
  border_color: color(),
  focus_outline_color: color(),
  card_radius: radius(),
  button_radius: radius(),
  start_call_button: words(200).nullish(),
  end_call_button: words(200).nullish(),
  call_to_action: words(200).nullish(),
  terms_and_condition: z.boolean().optional(),
  terms_and_condition_content: words(32_000).nullish(),
  status: z.enum(['active', 'paused', 'draft']).optional(),
};

export const widgetChanges = z
  .object({ ...fields, allowed_origins: z.array(origin).max(100).optional() })
  .openapi('UpdateWidgetDTO');

export const widgetDetails = z
  .object({ ...fields, id: z.string(), allowed_origins: z.array(z.string()), created_at: z.iso.datetime() })
  .openapi('Widget');
