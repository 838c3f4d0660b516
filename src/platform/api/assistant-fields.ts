/** The fields of an assistant as a body may carry them: the published ones, and three of this platform's own. */

import { z } from '@hono/zod-openapi';
import { address, label, words } from './body.ts';

const settings = {
  company_name: label().nullish(),
  industry: label().nullish(),
  language: label(60).optional(),
  voice: label().nullish(),
  task_type: label().nullish(),
  first_message: words(2_000).nullish(),
  system_prompt: words(32_000).nullish(),
  provider: label().nullish(),
  model: label().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  response_count: z.int().min(1).max(100).nullish(),
  max_tokens: z.int().min(1).max(1_000_000).nullish(),
  emotion: z.boolean().optional(),
  hipaa: z.boolean().optional(),
  site_url: address(2_000).nullish().openapi({ description: 'The site whose pages it answers from' }),
  max_duration_s: z.int().min(10).max(86_400).optional().openapi({ description: 'Longest call, in seconds' }),
  silence_s: z.int().min(5).max(3_600).optional().openapi({ description: "Longest visitor's silence, in seconds" }),
};

export const newAssistant = z
  .object({
    ...settings,
    name: label(),
    company_name: label(),
    industry: label(),
    language: label(60),
    voice: label(),
    task_type: label(),
  })
  .openapi('NewCreateAssistantDTO');

/** `id`, where it is given, repeats the path's. */
export const assistantChanges = z
  .object({ ...settings, name: label().optional(), id: z.string().optional() })
  .openapi('AISettingsDTO');

export const assistantDetails = z
  .object({ ...settings, id: z.string(), name: z.string(), created_at: z.iso.datetime() })
  .openapi('Assistant');
