/**
 * What travels on the two message channels between the sound graph and the socket, so that no audio passes the page's
 * main thread. Types only: `audio` posts and reads one end, `gateway` the other, and they never meet.
 *
 * uplink:   capture worklet -> socket, and the frames' empty buffers back
 * downlink: socket -> playout worklet, and reports of what was heard back
 */

/** One frame of the visitor's voice: little-endian PCM16 mono at 16000 Hz; the buffer is transferred. */
export interface UplinkFrame {
  readonly type: 'frame';
  readonly pcm: ArrayBuffer;
}

/** The socket is done with a frame's buffer: the capture may fill it again. Transferred back. */
export interface UplinkSpent {
  readonly type: 'spent';
  readonly pcm: ArrayBuffer;
}

/** From now on frames have this rate, in samples a second. Comes before the first frame. */
export interface DownlinkFormat {
  readonly type: 'format';
  readonly sampleRate: number;
}

export interface DownlinkTurnStart {
  readonly type: 'turn_start';
  readonly turnId: string;
}

/** One frame of the assistant's voice: little-endian PCM16 mono at the rate of `format`; the buffer is transferred. */
export interface DownlinkFrame {
  readonly type: 'frame';
  readonly turnId: string;
  readonly pcm: ArrayBuffer;
}

export interface DownlinkTurnEnd {
  readonly type: 'turn_end';
  readonly turnId: string;
}

/** Be silent now: drop this turn and every later one. Answered by `heard` with `done`. */
export interface DownlinkClear {
  readonly type: 'clear';
  readonly turnId: string;
}

export type DownlinkMessage = DownlinkFormat | DownlinkTurnStart | DownlinkFrame | DownlinkTurnEnd | DownlinkClear;

/**
 * What the visitor has really heard: media time by the audio clock, less the output latency, without concealment.
 * Posted every 100 ms while a turn plays, and once with `done` when a turn was heard to its end or was cleared.
 */
export interface HeardReport {
  readonly type: 'heard';
  readonly turnId: string;
  /** Media time of this turn heard so far, in ms. */
  readonly turnMs: number;
  /** Media time heard on this call so far, in ms. */
  readonly playedMs: number;
  readonly done: boolean;
}
