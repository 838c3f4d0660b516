/** The one AudioContext of a call: made and resumed within the click, at the device's own rate. */

/** Not in TypeScript's DOM lib: https://w3c.github.io/audio-session and https://webaudio.github.io/web-audio-api */
interface AudioSessionNavigator {
  readonly audioSession?: { type: string };
}
interface PlaybackStatsContext {
  readonly playbackStats?: { readonly underrunEvents: number };
}

/** A stray underrun is no reason to make every later call slower. */
const UNDERRUNS_BORNE = 5;

/** 0 saves some 20 ms of a loop. A machine that could not keep up with it gets the browser's own choice next time. */
let latencyHint: AudioContextOptions['latencyHint'] = 0;

/**
 * Call it synchronously in the visitor's click, or the context stays suspended. No `sampleRate` is asked for: in Firefox
 * echo cancellation does not see what another rate plays. Throws where there is no AudioContext.
 */
export function openContext(): AudioContext {
  const { audioSession } = navigator as AudioSessionNavigator;
  // Otherwise iOS plays through the earpiece once the microphone is on, and not at all with the mute switch on.
  if (audioSession) audioSession.type = 'play-and-record';
  const context = createContext();
  // Rejects when the context is closed before the browser lets it run: whoever closed it knows.
  context.resume().catch(() => {});
  return context;
}

/** Safe twice. */
export async function closeContext(context: AudioContext): Promise<void> {
  if (context.state === 'closed') return;
  const { playbackStats } = context as PlaybackStatsContext;
  if (playbackStats && playbackStats.underrunEvents > UNDERRUNS_BORNE) latencyHint = 'interactive';
  const { audioSession } = navigator as AudioSessionNavigator;
  await context.close().catch(() => {}); // Firefox, where it is being closed already
  if (audioSession) audioSession.type = 'auto';
}

function createContext(): AudioContext {
  try {
    return new AudioContext({ latencyHint: latencyHint! });
  } catch {
    return new AudioContext();
  }
}
