/** What a story is: one moment of the card, as data. In Component Story Format 3, so that other tools can read it. */

import type { TranscriptLine } from '../../src/call/call.ts';
import type { CallError } from '../../src/call/errors.ts';
import type { CallFact } from '../../src/call/machine.ts';
import type { WidgetConfig } from '../../src/config/widget-config.ts';
import type { StoryWidget } from './story-widget.ts';

export interface StoryArgs {
  /** What loading the config gives: a config, a failure, or (null) an answer that never comes. */
  readonly config: WidgetConfig | CallError | null;
  /** Of the element, beside those that the viewer chooses. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What happens to the call; the real machine says what that leads to. `nowMs` is `performance.now()`. */
  readonly facts: (nowMs: number) => readonly CallFact[];
  /** What is said after that. */
  readonly lines: readonly TranscriptLine[];
  /** How loud both sides are, 0..1: the top of a rhythm as of speech. */
  readonly levels: { readonly visitor: number; readonly assistant: number };
  /** How long ago the last fact was, in ms, when the picture is taken. */
  readonly waitedMs: number;
  /** What the page put into the element. */
  readonly fallback: string;
  /** CSS pixels; null: whatever the viewer chooses. */
  readonly widthPx: number | null;
  /** The window over which a card floats or which it fills, CSS pixels; null: the card is in the flow. */
  readonly room: { readonly widthPx: number; readonly heightPx: number } | null;
  /** The card is as high as in every other moment of a call. */
  readonly sameHeight: boolean;
}

export interface Story {
  /** Where the export's own name would not do. */
  readonly name?: string;
  readonly args?: Partial<StoryArgs>;
  readonly parameters?: {
    /** What to look at: a sentence for the gallery. */
    readonly note?: string;
  };
  /** What a visitor does then. */
  readonly play?: (context: { readonly canvasElement: StoryWidget }) => void | Promise<void>;
}

export interface StoryMeta {
  readonly title: string;
  readonly args?: Partial<StoryArgs>;
}

/** A file of stories. */
export interface StoryFile {
  readonly default: StoryMeta;
  /** The exports that are to be shown first; a module's own are in the order of the alphabet. */
  readonly inOrder?: readonly string[];
  readonly [name: string]: Story | StoryMeta | readonly string[] | undefined;
}
