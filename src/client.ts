/** A call without any UI, for pages that draw their own. */

export { Call, type CallSettings, type TranscriptLine } from './call/call.ts';
export { fetchConfig, type ConfigSource, type LoadedConfig } from './call/config-source.ts';
export { CALL_ERROR_REASONS, CallError, type CallErrorReason } from './call/errors.ts';
export type { CallState, EndReason } from './call/state.ts';
export { DEFAULT_CONFIG, type WidgetConfig } from './config/widget-config.ts';
