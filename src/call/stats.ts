/** What is measured of a call, out of what its two sides and its line say. Pure. */

import type { CaptureStats, PlayoutStats } from '../audio/ports.ts';
import type { GatewayStats } from '../gateway/ports.ts';
import type { AudioFormat } from '../protocol/messages.ts';

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
  /** Silence heard because of that, in s. */
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
  capture: CaptureStats,
  line: GatewayStats,
  timestamp: number,
): CallStats {
  const { sampleRate, stalledMs, playedMs, concealedSamples } = playout;
  const missingMs = stalledMs + (concealedSamples * 1000) / sampleRate;
  const delayMs = (line.rttMs ?? 0) / 2 + playout.thresholdMs + (capture.latencyMs ?? 0) + playout.latencyMs;
  return {
    timestamp,
    currentRoundTripTime: seconds(line.rttMs),
    jitter: playout.jitterMs / 1000,
    startThreshold: playout.thresholdMs / 1000,
    bufferLevel: playout.bufferedMs / 1000,
    underruns: playout.underruns,
    totalStalledTime: stalledMs / 1000,
    concealedSamples,
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
    quality: qualityOf(delayMs, missingMs && missingMs / (playedMs + missingMs)),
  };
}

/**
 * How good a call sounds, by the E-model (ITU-T G.107) as far as it can be measured here:
 *
 * - `Id = 0.024 d + 0.11 max(0, d - 177.3)`, what a delay of d ms costs (Cole and Rosenbluth's fit)
 * - `Ie = 95 p / (p + 25.1)`, what p % of missing sound costs: G.711 with concealment (ITU-T G.113, appendix I)
 * - `R = 93.2 - Id - Ie`, and `MOS = 1 + 0.035 R + 7e-6 R (R - 60) (100 - R)`, rounded to 0.1
 *
 * It knows nothing of the voices, the room, echo, or of what mu-law takes from the sound.
 *
 * @param delayMs from one mouth to the other ear: half the round trip, the start threshold, both devices
 * @param missing share of what was to be heard that was made up or came too late, 0..1
 * @returns 1 to 4.4: by its definition the scale's 5 is not reached
 */
export function qualityOf(delayMs: number, missing: number): number {
  const percent = 100 * missing;
  const delay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - 177.3);
  const r = 93.2 - delay - (95 * percent) / (percent + 25.1);
  if (r <= 0) return 1;
  const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.max(1, Math.round(mos * 10) / 10);
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
