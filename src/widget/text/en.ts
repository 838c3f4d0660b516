/** The visitor's words, in English; every other language has the same keys. The first ones are in `en-first.ts`. */

import type { CallErrorReason } from '../../call/errors.ts';
import type { EndReason } from '../../call/state.ts';
import { type FirstText, first, type Message } from './en-first.ts';

/** One sentence for each plural category of its language (`Intl.PluralRules`); `{n}` is the number. */
export type Plural = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export interface Text extends FirstText {
  readonly textAssistant: string;
  readonly conversation: string;
  readonly again: string;
  readonly press: string;
  readonly agree: string;
  readonly decline: string;
  readonly end: string;
  readonly mute: string;
  /** Opens and closes the floating card. */
  readonly open: string;
  readonly close: string;
  /** Puts a floating card away while its call goes on. */
  readonly minimise: string;
  readonly dismiss: string;
  readonly startChat: string;
  readonly endChat: string;
  readonly chatAgain: string;
  readonly send: string;
  readonly placeholder: string;
  /** Names the list of what a visitor might ask. */
  readonly prompts: string;
  /** A call without a microphone. */
  readonly typeInstead: string;
  readonly newTab: string;
  /** `{name}`: who provides the assistant. */
  readonly provider: string;
  readonly recording: string;
  readonly recordingChat: string;
  readonly readyToWrite: Message;
  readonly readyToWriteWithTerms: Message;
  readonly consent: Message;
  /** Asked for where the owner wants terms accepted and wrote none. */
  readonly defaultTerms: string;
  readonly gesture: Message;
  readonly microphone: Message;
  readonly preparing: Message;
  readonly connecting: Message;
  readonly live: Message;
  readonly listening: Message;
  readonly thinking: Message;
  readonly speaking: Message;
  readonly muted: Message;
  readonly writing: Message;
  readonly weak: Message;
  readonly ending: Message;
  readonly warnings: { readonly max_duration: Message; readonly silence: Message };
  /** How long until what a warning warns of. */
  readonly endsIn: Plural;
  readonly ended: Readonly<Record<Exclude<EndReason, 'error'>, Message>>;
  readonly chatEnded: Message;
  readonly errors: Readonly<Record<CallErrorReason, Message>>;
  readonly offline: Message;
  readonly fullFor: Plural;
}

export const en: Text = {
  ...first,
  textAssistant: 'Assistant, in writing',
  conversation: 'Conversation',
  again: 'Call again',
  press: 'Press to start the call',
  agree: 'Agree and start',
  decline: 'Not now',
  end: 'End call',
  mute: 'Mute microphone',
  open: 'Open',
  close: 'Close',
  minimise: 'Minimise',
  dismiss: 'Dismiss',
  startChat: 'Start chat',
  endChat: 'End chat',
  chatAgain: 'Chat again',
  send: 'Send',
  placeholder: 'Type a message',
  prompts: 'You might ask',
  typeInstead: 'Type instead',
  newTab: 'opens in a new tab',
  provider: 'Powered by {name}',
  recording: 'This call may be recorded.',
  recordingChat: 'This chat may be recorded.',
  readyToWrite: ['Ready when you are', 'You write, the assistant answers.'],
  readyToWriteWithTerms: ['Ready when you are', 'You write, the assistant answers. First we show you the terms.'],
  consent: ['Before we talk', ''],
  defaultTerms: 'You talk with an automatic assistant. The call may be recorded and written down to answer you.',
  gesture: ['One press to go', 'Your browser lets a call start only when you press the button.'],
  microphone: ['Allow the microphone', 'Your browser asks for it now. It is used for this call only.'],
  preparing: ['Connecting…', 'Preparing the call'],
  connecting: ['Connecting…', 'Opening the line to the assistant'],
  live: ['You are connected', ''],
  listening: ['Listening', 'Go ahead, ask your question.'],
  thinking: ['Thinking', ''],
  speaking: ['Speaking', ''],
  muted: ['You are muted', ''],
  writing: ['Your turn', 'Write your question below.'],
  weak: ['Weak connection', 'You may hear gaps.'],
  ending: ['Saying goodbye', ''],
  warnings: {
    max_duration: ['Time is nearly up', 'The call reaches its time limit soon.'],
    silence: ['Still there?', 'Say something, or the call ends soon.'],
  },
  endsIn: { one: 'Ends in {n} second.', other: 'Ends in {n} seconds.' },
  ended: {
    visitor: ['Call ended', 'Thank you for calling.'],
    assistant: ['The assistant hung up', 'Thank you for calling.'],
    max_duration: ['Call ended at its time limit', 'Call again to go on.'],
    silence: ['Call ended, it was quiet', 'Call again whenever you like.'],
    replaced: ['The call moved', 'It goes on somewhere else.'],
    drained: ['Call ended by our service', 'Please call again, it takes a moment.'],
    page: ['Call ended', 'Thank you for calling.'],
  },
  chatEnded: ['Chat ended', 'Thank you for writing.'],
  errors: {
    'insecure-context': ['Calls need a secure page', 'Open this page with https:// at the front of its address.'],
    'microphone-denied': [
      'The microphone is blocked',
      'Allow it with the icon beside the page’s address, then try again.',
    ],
    'microphone-missing': ['No microphone found', 'Plug one in or turn it on, then try again.'],
    'microphone-busy': ['The microphone is in use', 'Close the app or tab that uses it, then try again.'],
    'microphone-policy': ['No microphone on this page', 'This page does not allow calls. Please reach us another way.'],
    'origin-refused': ['Not available on this site', 'Please reach us another way.'],
    'widget-unknown': ['Nobody is here to answer', 'Please reach us another way.'],
    'other-channel': ['Not a call on the web', 'This assistant answers elsewhere. Please reach us another way.'],
    'terms-declined': ['No call without the terms', 'Start again whenever you accept them.'],
    paused: ['Taking a break', 'Calls are paused at the moment. Please come back later.'],
    draft: ['Not ready yet', 'The assistant is being set up. Please come back later.'],
    full: ['All lines are busy', 'Please try again in a moment.'],
    unreachable: first.unreachable,
    'platform-error': ['Something broke on our side', 'Please try again in a moment.'],
    'gateway-refused': ['The call was not accepted', 'Please try again.'],
    'connection-lost': ['The connection was lost', 'Check your internet connection, then call again.'],
    protocol: ['The call broke off', 'Please try again.'],
    timeout: ['No answer in time', 'Please try again in a moment.'],
    unsupported: ['This browser can’t call', 'Please use a current Chrome, Edge, Firefox or Safari.'],
  },
  offline: ['You are offline', 'Connect to the internet, then try again.'],
  fullFor: { one: 'Please try again in {n} second.', other: 'Please try again in {n} seconds.' },
};
