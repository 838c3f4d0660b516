/** The words a card needs before anything has happened; the rest (`en.ts`) comes when it is needed. */

/** What is the matter, and what the visitor can do about it (may be empty). */
export type Message = readonly [title: string, help: string];

export interface FirstText {
  /** BCP 47: how numbers and times are written. */
  readonly language: string;
  readonly callToAction: string;
  readonly assistant: string;
  readonly voiceAssistant: string;
  readonly you: string;
  readonly start: string;
  readonly retry: string;
  readonly cancel: string;
  readonly loading: Message;
  readonly ready: Message;
  readonly readyWithTerms: Message;
  readonly unreachable: Message;
}

export const first: FirstText = {
  language: 'en',
  callToAction: 'Talk to us',
  assistant: 'Assistant',
  voiceAssistant: 'Voice assistant',
  you: 'You',
  start: 'Start call',
  retry: 'Try again',
  cancel: 'Cancel',
  loading: ['Loading', ''],
  ready: ['Ready when you are', 'You talk, the voice assistant answers. Your browser will ask for the microphone.'],
  readyWithTerms: ['Ready when you are', 'You talk, the voice assistant answers. First we show you the terms.'],
  unreachable: ['We can’t be reached', 'Check your internet connection, then try again.'],
};
