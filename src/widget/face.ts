/** What the card shows, as data: words, picture, button. This file has the faces before a call; `faces.ts` the rest. */

import type { CallError } from '../call/errors.ts';
import type { CallState } from '../call/state.ts';
import type { WidgetConfig } from '../config/widget-config.ts';
import type { FirstText, Message } from './text/en-first.ts';

/** What the primary button does. */
export type Action = 'start' | 'reload' | 'gesture' | 'agree' | 'end';

export interface Situation {
  /** Null while it loads, and where it failed to. */
  readonly config: WidgetConfig | null;
  /** Why the config could not be had. */
  readonly failure: CallError | null;
  readonly call: CallState;
  /** How long a starting call has kept the visitor waiting: not yet noticeable, over 400 ms, over 2 s. */
  readonly patience: number;
  /** `performance.now()`. */
  readonly nowMs: number;
  /** `performance.now()` when the call ended, for counting down to another try. */
  readonly endedAtMs: number;
}

export interface Face {
  readonly title: string;
  readonly help: string;
  /** What a screen reader is told when it changes; empty: nothing. Free of anything that counts. */
  readonly announce: string;
  readonly clock: string;
  /** An icon's name, or the level of both voices. */
  readonly picture: 'meter' | 'mic' | 'micOff' | 'alert' | 'pause';
  /** The terms to be read; null where none are asked for now. */
  readonly terms: string | null;
  readonly action: Action | null;
  readonly label: string;
  /** Whether the page's fallback content (a phone number, say) is offered. */
  readonly fallback: boolean;
}

export function face([title, help]: Message, more: Partial<Face>): Face {
  return {
    title,
    help,
    announce: help ? `${title}. ${help}` : title,
    clock: '',
    picture: 'meter',
    terms: null,
    action: null,
    label: '',
    fallback: false,
    ...more,
  };
}

/** The face before a call; null where there is more to tell than that somebody can be called. */
export function firstFace(
  { config, failure, call }: Pick<Situation, 'config' | 'failure' | 'call'>,
  text: FirstText,
): Face | null {
  const cancelled = call.name === 'ended' && call.reason === 'visitor' && !call.durationMs;
  if (failure || (call.name !== 'idle' && !cancelled)) return null;
  if (!config) return face(text.loading, { announce: '' });
  if (config.availability !== 'active') return null;
  return face(config.terms === null ? text.ready : text.readyWithTerms, {
    announce: '',
    action: 'start',
    label: config.texts.startLabel ?? text.start,
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
