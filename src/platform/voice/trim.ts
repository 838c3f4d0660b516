/** Cuts a synthesiser's own silence before and after a sentence: it is time in which nobody says anything. */

/** Of 32768: below it is the synthesiser's noise floor. */
const FLOOR = 150;
const LEAD_MS = 40;
/** Longer than before, so that two sentences in a row have a pause between them. */
const TAIL_MS = 160;

/** Empty where all is silence. */
export function withoutSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const loud = (sample: number): boolean => Math.abs(sample) > FLOOR;
  const first = samples.findIndex(loud);
  if (first < 0) return samples.subarray(0, 0);
  const last = samples.findLastIndex(loud);
  const start = Math.max(0, first - (LEAD_MS * sampleRate) / 1000);
  return samples.subarray(start, last + 1 + (TAIL_MS * sampleRate) / 1000);
}
