/** A voice that needs no network: ears, mind and mouth on this machine, ready when this resolves. */

import { type PageSource, SiteContent } from '../site/content.ts';
import { LocalEars } from './ears.ts';
import type { Ears, Mind, Mouth } from './engines.ts';
import { LocalMind } from './mind.ts';
import { LocalMouth } from './mouth.ts';

export interface LocalVoice {
  readonly ears: Ears;
  readonly mind: Mind;
  readonly mouth: Mouth;
  /** What the mind answers from. */
  readonly content: SiteContent;
  /** Ends the engines' threads. */
  close(): Promise<void>;
}

export interface LocalVoiceOptions {
  /** Where the pages are that the mind answers from: `platform.pages`. Without it, only what `content` is given. */
  readonly pages?: PageSource;
}

/** Takes a second or two, for the models. @throws where a package of an engine is missing */
export async function createLocalVoice({ pages }: LocalVoiceOptions = {}): Promise<LocalVoice> {
  const content = new SiteContent(pages);
  const [ears, mouth] = await Promise.all([LocalEars.load(), LocalMouth.load()]);
  return { ears, mind: new LocalMind(content), mouth, content, close: () => mouth.close() };
}
