/** A call without any UI, for pages that draw their own. */

export { type AudioSettings, DEFAULT_AUDIO } from './call/audio-settings.ts';
export { Call, type CallSettings, type StartOptions, type TranscriptLine } from './call/call.ts';
export { fetchConfig, type ConfigSource, type LoadedConfig } from './call/config-source.ts';
export { CALL_ERROR_REASONS, CallError, type CallErrorReason } from './call/errors.ts';
export { PROGRESS_STAGES, type CallProgress, type ProgressStage } from './call/progress.ts';
export type { CallState, EndReason } from './call/state.ts';
export type { CallStats } from './call/stats.ts';
export { preconnect } from './call/preconnect.ts';
export { DEFAULT_CONFIG, type WidgetConfig } from './config/widget-config.ts';
