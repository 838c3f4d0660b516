/**
 * How far back a voice repeats itself: the lag at which the end of a signal is most like what came before it. By
 * normalised cross-correlation, coarse first and then exact around the best, so that a worklet can afford it.
 */

/** 400 Hz to 66 Hz: voices lie between. */
const SHORTEST_MS = 2.5;
const LONGEST_MS = 15;
/** How much of the signal's end is compared. */
const WINDOW_MS = 8;
/** Less like than this, it is noise or a change of sound: repeating it would be heard as an echo. */
const ALIKE = 0.5;
/** The coarse search is made at about this rate. */
const COARSE_RATE = 8000;
/** Mean square of a signal that nobody hears: any lag will do. */
const SILENT = 1e-7;

/** Samples of history that `findPeriod` looks at. */
export function historyFor(sampleRate: number): number {
  return Math.ceil(((LONGEST_MS + WINDOW_MS) * sampleRate) / 1000) + 1;
}

/** The longest period that `findPeriod` gives, in samples. */
export function longestPeriod(sampleRate: number): number {
  return Math.floor((LONGEST_MS * sampleRate) / 1000);
}

/**
 * In samples; 0 where nothing repeats.
 *
 * @param signal at least `historyFor(sampleRate)` samples, the newest last
 */
export function findPeriod(signal: Float32Array, sampleRate: number): number {
  const shortest = Math.ceil((SHORTEST_MS * sampleRate) / 1000);
  const longest = longestPeriod(sampleRate);
  const step = Math.max(1, Math.round(sampleRate / COARSE_RATE));
  const energy = energyOf(signal);
  if (energy < SILENT) return longest;
  let best = 0;
  let most = 0;
  for (let lag = shortest; lag <= longest; lag += step) {
    const likeness = compare(signal, sampleRate, lag, step);
    if (likeness > most) {
      most = likeness;
      best = lag;
    }
  }
  most = 0;
  let exact = 0;
  for (let lag = Math.max(shortest, best - step + 1); lag < Math.min(longest + 1, best + step); lag++) {
    const likeness = compare(signal, sampleRate, lag, 1);
    if (likeness > most) {
      most = likeness;
      exact = lag;
    }
  }
  return most < ALIKE ? 0 : exact;
}

/** 1 where the last `WINDOW_MS` are the same as those `lag` samples before, whatever their strength; every `step`th sample. */
function compare(signal: Float32Array, sampleRate: number, lag: number, step: number): number {
  const end = signal.length;
  let product = 0;
  let now = 0;
  let then = 0;
  for (let i = end - Math.floor((WINDOW_MS * sampleRate) / 1000); i < end; i += step) {
    const a = signal[i]!;
    const b = signal[i - lag]!;
    product += a * b;
    now += a * a;
    then += b * b;
  }
  return product <= 0 ? 0 : product / Math.sqrt(now * then);
}

function energyOf(signal: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < signal.length; i++) sum += signal[i]! ** 2;
  return sum / signal.length;
}
