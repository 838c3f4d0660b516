/** What the card shows, as data: words, picture, buttons. This file has the faces before a call; `faces.ts` the rest. */

import type { CallError } from '../call/errors.ts';
import type { CallState } from '../call/state.ts';
import type { WidgetConfig } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import type { FirstText, Message } from './text/en-first.ts';

/** What a button of the card does. */
export type Action = 'start' | 'reload' | 'gesture' | 'agree' | 'end' | 'decline' | 'type';

/** Where a call stands, as far as a face has to do with it. */
export interface Moment {
  readonly call: CallState;
  /** How long a starting call has kept the visitor waiting: not yet noticeable, over 400 ms, over 2 s. */
  readonly patience: number;
  /** `performance.now()`. */
  readonly nowMs: number;
  /** `performance.now()` when the call ended, for counting down to another try. */
  readonly endedAtMs: number;
}

export interface Situation extends Moment {
  /** Null while it loads, and where it failed to. */
  readonly config: WidgetConfig | null;
  readonly appearance: Appearance;
  /** Why the config could not be had. */
  readonly failure: CallError | null;
  readonly online: boolean;
}

export interface Face {
  readonly title: string;
  readonly help: string;
  /** What a screen reader is told when it changes; empty: nothing. Free of anything that counts. */
  readonly announce: string;
  readonly clock: string;
  /** An icon's name, the level of both voices, or nothing where words have its place. */
  readonly picture: 'meter' | 'mic' | 'micOff' | 'alert' | 'pause' | 'text' | null;
  /** The terms to be read; null where none are asked for now. */
  readonly terms: string | null;
  readonly action: Action | null;
  readonly label: string;
  /** Another way on, beside the primary button. */
  readonly other: readonly [Action, label: string] | null;
  /** Whether the page's fallback content (a phone number, say) is offered. */
  readonly fallback: boolean;
  /** Whether the owner's suggestions are offered. */
  readonly suggestions: boolean;
  /** Whether the visitor can write. */
  readonly composer: boolean;
  /** What a visitor should know before a call. */
  readonly notice: string;
}

export function face([title, help]: Message, more: Partial<Face>): Face {
  return {
    title,
    help,
    announce: announced(title, help),
    clock: '',
    picture: 'meter',
    terms: null,
    action: null,
    label: '',
    other: null,
    fallback: false,
    suggestions: false,
    composer: false,
    notice: '',
    ...more,
  };
}

/** Title and help as they are read aloud, one sentence after the other. */
export function announced(title: string, help: string): string {
  return help ? `${title}${/\p{P}$/u.test(title) ? '' : '.'} ${help}` : title;
}

/** Whether nobody has called, or only so far as to cancel. */
export function isUnused(call: CallState): boolean {
  return call.name === 'idle' || (call.name === 'ended' && call.reason === 'visitor' && !call.durationMs);
}

/** The face before a call; null where there is more to tell than that somebody can be called. */
export function firstFace(
  { config, appearance: { texts }, failure, call }: Pick<Situation, 'config' | 'appearance' | 'failure' | 'call'>,
  text: FirstText,
): Face | null {
  if (failure || !isUnused(call)) return null;
  if (!config) return face(text.loading, { announce: '' });
  if (config.availability !== 'active') return null;
  const [title, help] = config.terms === null ? text.ready : text.readyWithTerms;
  return face([texts.introTitle ?? title, texts.intro ?? help], {
    announce: '',
    action: 'start',
    label: texts.startLabel ?? text.start,
  });
}

/** The face while the code of a call that was asked for, or its words, are on their way. */
export function waitingFace(text: FirstText): Face {
  return face(['', ''], { action: 'end', label: text.cancel });
}

/** The face where files that lie beside this one can't be fetched. */
export function unreachableFace(text: FirstText): Face {
  return face(text.unreachable, { fallback: true, action: 'reload', label: text.retry });
}
