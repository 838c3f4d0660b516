/** The faces of everything that can happen to a call, and of a widget that can't be called. Pure. */

import type { CallError } from '../call/errors.ts';
import type { EndedState, LiveState } from '../call/state.ts';
import { type Action, type Face, face, firstFace, type Situation } from './face.ts';
import type { Plural, Text } from './text/en.ts';
import type { Message } from './text/en-first.ts';

/** The face of a situation, in the words of `text` and of the widget's owner. */
export function faceOf(situation: Situation, text: Text): Face {
  const { config, failure, call, patience, nowMs, endedAtMs } = situation;
  const simple = firstFace(situation, text);
  if (simple) return simple;
  switch (call.name) {
    case 'consent': {
      const terms = call.terms.trim() ? call.terms : text.defaultTerms;
      return face(text.consent, { terms, action: 'agree', label: text.agree });
    }
    case 'starting':
      if (call.stage === 'gesture') return face(text.gesture, { action: 'gesture', label: text.press });
      if (call.stage === 'preparing') return waiting(text.preparing, patience, text);
      return face(text.microphone, { picture: 'mic', action: 'end', label: text.cancel });
    case 'connecting':
      return waiting(text.connecting, patience, text);
    case 'live':
      return live(call, nowMs, text, config?.texts.endLabel ?? text.end);
    case 'ended':
      return ended(call, (nowMs - endedAtMs) / 1000, text, config?.texts.startLabel ?? text.again);
    case 'idle':
      if (failure) return failed(failure, 0, 'reload', text);
      return face(text.errors[config?.availability === 'draft' ? 'draft' : 'paused'], {
        picture: 'pause',
        fallback: true,
      });
  }
}

/** Minutes and seconds, as on a phone: `0:42`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A sentence with a number in it, in the grammar of its language. */
export function count({ language }: Text, plural: Plural, n: number): string {
  const sentence = plural[new Intl.PluralRules(language).select(n)] ?? plural.other;
  return sentence.replace('{n}', new Intl.NumberFormat(language).format(n));
}

/** Words only once there is a wait to speak of, and what is being waited for only once it is long. */
function waiting([title, help]: Message, patience: number, text: Text): Face {
  return face([patience ? title : '', patience > 1 ? help : ''], { action: 'end', label: text.cancel });
}

function live(call: LiveState, nowMs: number, text: Text, label: string): Face {
  const { warning, ending, muted, turn } = call;
  const say = ending ? text.ending : warning ? text.warnings[warning.code] : muted ? text.muted : text[turn];
  const left = warning ? Math.max(0, Math.ceil((warning.atMs - nowMs) / 1000)) : 0;
  return face([say[0], warning ? count(text, text.endsIn, left) : say[1]], {
    // Whose turn it is can be heard; to announce it would talk over the assistant.
    announce: ending ? say[0] : warning ? say[1] : text.live[0],
    clock: clock(nowMs - call.sinceMs),
    action: 'end',
    label,
  });
}

function ended({ reason, error, durationMs }: EndedState, sinceS: number, text: Text, label: string): Face {
  const time = durationMs ? clock(durationMs) : '';
  if (error) return { ...failed(error, sinceS, 'start', text), clock: time };
  const message = reason === 'error' ? text.errors['platform-error'] : text.ended[reason];
  return face(message, { clock: time, action: 'start', label });
}

function failed(error: CallError, sinceS: number, action: Action, text: Text): Face {
  const { reason, retryable, retryAfterS } = error;
  const [title, help] = text.errors[reason];
  const left = Math.ceil((retryAfterS ?? 0) - sinceS);
  const resting = reason === 'paused' || reason === 'draft';
  return face([title, reason === 'full' && left > 0 ? count(text, text.fullFor, left) : help], {
    announce: `${title}. ${help}`,
    picture: resting ? 'pause' : reason.startsWith('microphone') ? 'micOff' : 'alert',
    action: retryable ? action : null,
    label: text.retry,
    fallback: true,
  });
}
