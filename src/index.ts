/** The element's class, its events and its types. Registers nothing: `define.ts` does. */

export { CALL_ERROR_REASONS, CallError, type CallErrorReason } from './call/errors.ts';
export { PROGRESS_STAGES, type CallProgress, type ProgressStage } from './call/progress.ts';
export type { CallState, EndReason, StartStage } from './call/state.ts';
export type { CallStats } from './call/stats.ts';
export { CallErrorEvent } from './widget/error-event.ts';
export {
  CallConnectEvent,
  CallEndEvent,
  CallProgressEvent,
  CallStartEvent,
  StateEvent,
  TranscriptEvent,
  type CallConnectDetail,
  type CallEndDetail,
  type StateDetail,
  type TranscriptDetail,
} from './widget/events.ts';
export { CloseEvent, OpenEvent } from './widget/floating-events.ts';
export { IndigeniusWidget } from './widget/widget.ts';
