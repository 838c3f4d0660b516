/**
 * A call's summary: by the language model where one is configured and the call is over, asked once and kept; otherwise
 * out of the call's own words.
 */

import { failureFields, type Logger } from '../api/log.ts';
import type { CallWithParties } from '../store/calls.ts';
import type { Store } from '../store/store.ts';
import { extractText } from './extract.ts';
import type { Summariser } from './summariser.ts';
import type { Turn } from './turns.ts';
import { languageTag } from './words.ts';

export interface Summary {
  readonly text: string;
  readonly by: 'extractive' | 'model';
}

type Parties = Pick<CallWithParties, 'call' | 'assistant'>;

export class Summaries {
  readonly #store: Store;
  readonly #summariser: Summariser | null;
  readonly #logger: Logger;
  /** Being asked for now, by call: who reads at the same time waits for the same answer. */
  readonly #asked = new Map<string, Promise<string | null>>();

  constructor(store: Store, summariser: Summariser | null, logger: Logger) {
    this.#store = store;
    this.#summariser = summariser;
    this.#logger = logger;
  }

  async of(parties: Parties, turns: readonly Turn[]): Promise<Summary> {
    const text = await this.#byModel(parties, turns);
    if (text !== null) return { text, by: 'model' };
    return { text: extractText(turns, languageTag(parties.assistant.language)), by: 'extractive' };
  }

  async #byModel(parties: Parties, turns: readonly Turn[]): Promise<string | null> {
    const { id, endedAt } = parties.call;
    // Of a call that goes on, every reading would be another summary.
    if (endedAt === null) return null;
    const asked = this.#asked.get(id) ?? this.#keptOrNew(parties, turns);
    this.#asked.set(id, asked);
    return asked.finally(() => this.#asked.delete(id));
  }

  /** Null where there is none, or the model fails: then the next reading asks it again. */
  async #keptOrNew({ call, assistant }: Parties, turns: readonly Turn[]): Promise<string | null> {
    const kept = await this.#store.callSummaries.find(call.organisationId, call.id);
    if (kept !== null) return kept;
    // Health is talked of where `hipaa` is on: nothing of that leaves.
    if (this.#summariser === null || assistant.hipaa || !turns.some(({ role }) => role === 'user')) return null;
    const { language, model, temperature, max_tokens: maxTokens } = assistant;
    let text;
    try {
      text = await this.#summariser.summarise({ turns, language, model, temperature, maxTokens });
    } catch (error) {
      this.#logger.error('summary failed', { call_id: call.id, ...failureFields(error) });
      return null;
    }
    await this.#store.callSummaries.put(call.organisationId, call.id, text);
    return text;
  }
}
