/** The faces of everything that can happen to a call, and of a widget that can't be called. Pure. */

import type { CallError } from '../call/errors.ts';
import type { EndedState, LiveState } from '../call/state.ts';
import { type Action, announced, face, type Face, firstFace, isUnused, type Situation } from './face.ts';
import type { Plural, Text } from './text/en.ts';
import type { Message } from './text/en-first.ts';

/** The face of a situation, in the words of `text` and of the widget's owner. */
export function faceOf(situation: Situation, text: Text): Face {
  const { config, appearance, failure, call, patience, nowMs } = situation;
  const { texts } = appearance;
  const written = config?.kind === 'text';
  if (isUnused(call)) {
    if (failure) return failed(failure, 'reload', situation, text);
    if (config?.kind === 'elsewhere') return resting(text.errors['other-channel']);
    if (config && config.availability !== 'active') return resting(text.errors[config.availability]);
    return ready(situation, text);
  }
  switch (call.name) {
    case 'consent': {
      const terms = call.terms.trim() ? call.terms : text.defaultTerms;
      return face(text.consent, { terms, action: 'agree', label: text.agree, other: ['decline', text.decline] });
    }
    case 'starting':
      if (call.stage === 'gesture') return face(text.gesture, { action: 'gesture', label: text.press });
      if (call.stage === 'preparing') return waiting(text.preparing, patience, written, text);
      return face(text.microphone, { picture: 'mic', action: 'end', label: text.cancel });
    case 'connecting':
      return waiting(text.connecting, patience, written, text);
    case 'live':
      return live(call, nowMs, text, texts.endLabel ?? (written ? text.endChat : text.end));
    case 'ended':
      if (call.error) return { ...failed(call.error, 'start', situation, text), clock: lasted(call, text) };
      return ended(call, situation, text);
    case 'idle':
      return ready(situation, text);
  }
}

/** Minutes and seconds, as on a phone: `0:42`; with the hours, once there are any. */
export function clock(ms: number, language: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (!parts[0]) parts.shift();
  return parts
    .map((part, at) => new Intl.NumberFormat(language, { minimumIntegerDigits: at ? 2 : 1 }).format(part))
    .join(':');
}

/** A sentence with a number in it, in the grammar of its language. */
export function count({ language }: Text, plural: Plural, n: number): string {
  const sentence = plural[new Intl.PluralRules(language).select(n)] ?? plural.other;
  return sentence.replace('{n}', new Intl.NumberFormat(language).format(n));
}

function ready(situation: Situation, text: Text): Face {
  const { config, appearance } = situation;
  const simple = firstFace({ ...situation, failure: null }, text)!;
  if (!config) return simple;
  const { texts, recording } = appearance;
  const more = { suggestions: true, notice: recording ? text.recording : '' };
  if (config.kind !== 'text') return { ...simple, ...more };
  const [title, help] = config.terms === null ? text.readyToWrite : text.readyToWriteWithTerms;
  return {
    ...simple,
    ...more,
    title: texts.introTitle ?? title,
    help: texts.intro ?? help,
    picture: 'text',
    label: texts.startLabel ?? text.startChat,
    notice: recording ? text.recordingChat : '',
  };
}

/** Words only once there is a wait to speak of, and what is being waited for only once it is long. */
function waiting([title, help]: Message, patience: number, written: boolean, text: Text): Face {
  const picture = written ? 'text' : 'meter';
  return face([patience ? title : '', patience > 1 ? help : ''], { picture, action: 'end', label: text.cancel });
}

function live(call: LiveState, nowMs: number, text: Text, label: string): Face {
  const { mode, warning, ending } = call;
  const left = warning ? Math.max(0, Math.ceil((warning.atMs - nowMs) / 1000)) : 0;
  const [title, help] = ending ? text.ending : warning ? text.warnings[warning.code] : turnOf(call, text);
  const counting = warning && !ending;
  return face(counting ? [announced(title, count(text, text.endsIn, left)), ''] : [title, help], {
    // Whose turn it is can be heard; to announce it would talk over the assistant.
    announce: ending ? title : warning ? help : text.live[0],
    clock: counting ? '' : clock(nowMs - call.sinceMs, text.language),
    picture: mode === 'text' ? null : 'meter',
    action: 'end',
    label,
    suggestions: !ending,
    composer: !ending,
  });
}

function turnOf({ mode, muted, turn, weak }: LiveState, text: Text): Message {
  if (mode === 'text') return turn === 'listening' ? text.writing : text.thinking;
  if (weak && turn === 'listening' && !muted) return text.weak;
  return muted ? text.muted : text[turn];
}

function ended(call: EndedState, { config, appearance: { texts } }: Situation, text: Text): Face {
  const { reason } = call;
  const written = config?.kind === 'text';
  const thanks = written && (reason === 'visitor' || reason === 'assistant' || reason === 'page');
  const message = reason === 'error' ? text.errors['platform-error'] : thanks ? text.chatEnded : text.ended[reason];
  return face(message, {
    clock: lasted(call, text),
    picture: written ? 'text' : 'meter',
    action: 'start',
    label: texts.startLabel ?? (written ? text.chatAgain : text.again),
  });
}

function lasted({ durationMs }: EndedState, { language }: Text): string {
  return durationMs ? clock(durationMs, language) : '';
}

function failed(error: CallError, action: Action, { online, nowMs, endedAtMs }: Situation, text: Text): Face {
  const { reason, retryable, retryAfterS } = error;
  if (reason === 'paused' || reason === 'draft' || reason === 'other-channel') return resting(text.errors[reason]);
  const [title, help] = reason === 'unreachable' && !online ? text.offline : text.errors[reason];
  const left = Math.ceil((retryAfterS ?? 0) - (nowMs - endedAtMs) / 1000);
  const unheard = reason.startsWith('microphone');
  return face([title, reason === 'full' && left > 0 ? count(text, text.fullFor, left) : help], {
    announce: announced(title, help),
    picture: unheard ? 'micOff' : 'alert',
    action: retryable ? action : unheard ? 'type' : null,
    label: retryable ? text.retry : text.typeInstead,
    other: retryable && unheard ? ['type', text.typeInstead] : null,
    fallback: true,
  });
}

function resting(message: Message): Face {
  return face(message, { picture: 'pause', fallback: true });
}
