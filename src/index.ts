/** The element's class, its events and its types. Registers nothing: `define.ts` does. */

export { CALL_ERROR_REASONS, CallError, type CallErrorReason } from './call/errors.ts';
export type { CallState, EndReason, StartStage } from './call/state.ts';
export { CallErrorEvent } from './widget/error-event.ts';
export {
  CallConnectEvent,
  CallEndEvent,
  CallStartEvent,
  StateEvent,
  TranscriptEvent,
  type CallConnectDetail,
  type CallEndDetail,
  type StateDetail,
  type TranscriptDetail,
} from './widget/events.ts';
export { IndigeniusWidget } from './widget/widget.ts';
