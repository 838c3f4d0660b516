/**
 * The language model that the environment names: `LANGUAGE_MODEL_URL` (`https://api.openai.com/v1`, say),
 * `LANGUAGE_MODEL` and, where the server asks for one, `LANGUAGE_MODEL_KEY`.
 */

import { chatSummariser } from './chat-summariser.ts';
import type { Summariser } from './summariser.ts';

/** Null where the environment names none. @throws where it names half of one */
export function languageModelOf(environment: Readonly<Record<string, string | undefined>>): Summariser | null {
  const [url, model, key] = ['LANGUAGE_MODEL_URL', 'LANGUAGE_MODEL', 'LANGUAGE_MODEL_KEY'].map(
    (name) => environment[name]?.trim() ?? '',
  ) as [string, string, string];
  if (url === '') return null;
  if (model === '') throw new Error('LANGUAGE_MODEL_URL is set, but LANGUAGE_MODEL names no model');
  if (!URL.canParse(url)) throw new Error(`LANGUAGE_MODEL_URL is no URL: ${url}`);
  return chatSummariser({ url, model, ...(key !== '' && { key }) });
}
