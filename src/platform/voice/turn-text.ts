/** Which words of a turn lie where in its audio, so that a turn cut short can be cut in writing too. Pure. */

/** Roughly how fast voices speak: used only while a sentence's audio is still being made. */
const MS_PER_CHARACTER = 65;

interface Sentence {
  readonly text: string;
  /** Within the turn's audio; null while none of it has been made. */
  audio: { readonly startMs: number; endMs: number; complete: boolean } | null;
}

export class TurnText {
  #sentences: Sentence[] = [];
  /** How many have begun to be made. */
  #begun = 0;
  /** How many have begun to be sent. */
  #shown = 0;

  /** The next sentence of the reply, not spoken yet. */
  add(text: string): void {
    this.#sentences.push({ text, audio: null });
  }

  /** The next sentence's audio begins at `atMs` of the turn's. */
  begin(atMs: number): void {
    const sentence = this.#sentences[this.#begun];
    if (sentence === undefined) return;
    this.#begun++;
    sentence.audio = { startMs: atMs, endMs: atMs, complete: false };
  }

  /** That audio reaches to `atMs`, and there is no more of it if `complete`. */
  reach(atMs: number, complete: boolean): void {
    const audio = this.#sentences[this.#begun - 1]?.audio;
    if (!audio) return;
    audio.endMs = Math.max(audio.endMs, atMs);
    audio.complete ||= complete;
  }

  /** The next sentence is about to be sent: from now on it is shown. */
  show(): void {
    this.#shown++;
  }

  /** All sentences that are shown. */
  get shown(): string {
    return join(this.#sentences.slice(0, this.#shown).map((sentence) => sentence.text));
  }

  /** What was heard when `playedMs` of the turn had been, and what was not: cut between two words. */
  cutAt(playedMs: number): { readonly heard: string; readonly rest: string } {
    const heard: string[] = [];
    const rest: string[] = [];
    for (const { text, audio } of this.#sentences) {
      if (audio === null || playedMs <= audio.startMs) {
        rest.push(text);
        continue;
      }
      const knownMs = audio.endMs - audio.startMs;
      const durationMs = audio.complete ? knownMs : Math.max(knownMs, text.length * MS_PER_CHARACTER);
      const cut = wordsWithin(text, (playedMs - audio.startMs) / Math.max(1, durationMs));
      heard.push(text.slice(0, cut));
      rest.push(text.slice(cut));
    }
    return { heard: join(heard), rest: join(rest) };
  }
}

/** Characters of the whole words that lie within the first `share` of `text`. */
function wordsWithin(text: string, share: number): number {
  // A frame or two of rounding must not cost the last word.
  const reached = share * text.length + 0.5;
  if (reached >= text.length) return text.length;
  let cut = 0;
  for (const word of text.matchAll(/\S+/g)) {
    const end = word.index + word[0].length;
    if (end > reached) break;
    cut = end;
  }
  return cut;
}

function join(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}
