/** What is measured of a call, out of what its two sides and its line say. Pure. Fetched when a page asks. */

import type { CaptureStats, PlayoutStats } from '../audio/ports.ts';
import type { GatewayStats } from '../gateway/ports.ts';
import type { AudioFormat } from '../protocol/messages.ts';
import { qualityOf } from './quality.ts';

/**
 * A call at one moment. Names and units are WebRTC's where it has one (https://www.w3.org/TR/webrtc-stats/); counts and
 * sums are since the call's start.
 */
export interface CallStats {
  /** When, in ms since the Unix epoch, with fractions. */
  readonly timestamp: number;
  /** To the gateway and back, of the latest ping, in s; null before the first answer. */
  readonly currentRoundTripTime: number | null;
  /** How unevenly the assistant's voice arrives, in s. */
  readonly jitter: number;
  /** How much of it is buffered before a turn is played, in s. */
  readonly startThreshold: number;
  /** How much of it waits to be played, in s. */
  readonly bufferLevel: number;
  /** Times that the buffer ran empty in the middle of a turn. */
  readonly underruns: number;
  /** How long turns stood still because of that, silent or filled, in s. */
  readonly totalStalledTime: number;
  /** Samples made up where none had come, at `playoutSampleRate`. */
  readonly concealedSamples: number;
  /** Gaps that were filled with such samples. */
  readonly concealmentEvents: number;
  /** Samples by which speech was stretched to keep the buffer from running empty, at `playoutSampleRate`. */
  readonly insertedSamplesForDeceleration: number;
  /** Samples of the assistant's voice that were played, at `playoutSampleRate`. */
  readonly totalSamplesPlayed: number;
  /** Frames of the visitor's voice that were sent. */
  readonly framesSent: number;
  /** Frames of it that nobody will hear: the line was too slow. */
  readonly framesDropped: number;
  /** How much of it waits to be sent or acknowledged, in s. */
  readonly uplinkBacklog: number;
  /** From the microphone to a sample in the page, in s; null where the browser does not tell. */
  readonly captureLatency: number | null;
  /** From a sample's leaving the page to its being heard, in s. */
  readonly outputLatency: number;
  /** Of the microphone's graph, in Hz. */
  readonly captureSampleRate: number;
  /** Of the loudspeaker's graph, in Hz. */
  readonly playoutSampleRate: number;
  /** How the visitor's voice goes over the wire; null before `ready`. */
  readonly uplink: AudioFormat | null;
  /** How the assistant's voice does. */
  readonly downlink: AudioFormat | null;
  /** How good the call sounds, on the scale of 1 to 5: see `qualityOf`. */
  readonly quality: number;
}

/** @param timestamp as in `CallStats` */
export function callStats(
  playout: PlayoutStats,
  capture: Pick<CaptureStats, 'sampleRate' | 'latencyMs'>,
  line: GatewayStats,
  timestamp: number,
): CallStats {
  const { sampleRate, stalledMs, playedMs } = playout;
  const delayMs = (line.rttMs ?? 0) / 2 + playout.thresholdMs + (capture.latencyMs ?? 0) + playout.latencyMs;
  return {
    timestamp,
    currentRoundTripTime: seconds(line.rttMs),
    jitter: playout.jitterMs / 1000,
    startThreshold: playout.thresholdMs / 1000,
    bufferLevel: playout.bufferedMs / 1000,
    underruns: playout.underruns,
    totalStalledTime: stalledMs / 1000,
    concealedSamples: playout.concealedSamples,
    concealmentEvents: playout.concealmentEvents,
    insertedSamplesForDeceleration: playout.slowedSamples,
    totalSamplesPlayed: Math.round((playedMs * sampleRate) / 1000),
    framesSent: line.sentFrames,
    framesDropped: line.droppedFrames,
    uplinkBacklog: line.backlogMs / 1000,
    captureLatency: seconds(capture.latencyMs),
    outputLatency: playout.latencyMs / 1000,
    captureSampleRate: capture.sampleRate,
    playoutSampleRate: sampleRate,
    uplink: line.up,
    downlink: line.down,
    quality: qualityOf(delayMs, stalledMs && stalledMs / (playedMs + stalledMs)),
  };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
