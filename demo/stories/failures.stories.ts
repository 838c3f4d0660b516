/** Each reason why there is no call: what is the matter, what to do, and another way to reach somebody. */

import { CallError, type CallErrorReason } from '../../src/call/errors.ts';
import { broken, failed, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Failures' } satisfies StoryMeta;
export const inOrder = [
  'InsecureContext',
  'MicrophoneDenied',
  'MicrophoneMissing',
  'MicrophoneBusy',
  'MicrophonePolicy',
  'OriginRefused',
  'WidgetUnknown',
  'OtherChannel',
  'TermsDeclined',
  'Paused',
  'Draft',
  'Full',
  'FullFor',
  'Unreachable',
  'PlatformError',
  'GatewayRefused',
  'ConnectionLost',
  'Protocol',
  'Timeout',
  'Unsupported',
];

function failure(reason: CallErrorReason, retryAfterS: number | null = null): Story {
  return { args: { facts: failed(new CallError(reason, 'A story.', { retryAfterS })) } };
}

export const InsecureContext = failure('insecure-context');
export const MicrophoneDenied = failure('microphone-denied');
export const MicrophoneMissing = failure('microphone-missing');
export const MicrophoneBusy = failure('microphone-busy');
export const MicrophonePolicy = failure('microphone-policy');
export const OriginRefused = failure('origin-refused');
export const WidgetUnknown = failure('widget-unknown');
export const OtherChannel = failure('other-channel');
export const TermsDeclined = failure('terms-declined');
export const Paused = failure('paused');
export const Draft = failure('draft');
export const Full = failure('full');
export const FullFor: Story = {
  ...failure('full', 30),
  name: 'Full for a while',
  parameters: { note: 'The platform says when to try again.' },
};
export const Unreachable = failure('unreachable');
export const PlatformError = failure('platform-error');
export const GatewayRefused = failure('gateway-refused');
export const ConnectionLost: Story = {
  args: { facts: broken(new CallError('connection-lost', 'A story.')), lines: SHORT_TALK },
  parameters: { note: 'In the middle of a call: how long it was is still told.' },
};
export const Protocol = failure('protocol');
export const Timeout = failure('timeout');
export const Unsupported = failure('unsupported');
