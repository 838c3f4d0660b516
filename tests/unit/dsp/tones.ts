/** Tones, and how strong a tone is in a signal. */

/** `count` samples of a sine, from its sample `first` on. */
export function tone(hz: number, sampleRate: number, count: number, amplitude = 1, first = 0): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * (first + i)) / sampleRate),
  );
}

/** Amplitude of the part of `signal` at `hz`, in dB of full scale, under a Hann window. */
export function strengthDb(signal: Float32Array, hz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  let weight = 0;
  signal.forEach((sample, i) => {
    const window = 1 - Math.cos((2 * Math.PI * i) / signal.length);
    re += window * sample * Math.cos((2 * Math.PI * hz * i) / sampleRate);
    im += window * sample * Math.sin((2 * Math.PI * hz * i) / sampleRate);
    weight += window;
  });
  return 20 * Math.log10(Math.max(1e-9, (2 * Math.hypot(re, im)) / weight));
}

/** The best fit of a cosine and a sine at `hz` to `signal`: their amplitudes. */
function fit(signal: Float32Array, hz: number, sampleRate: number): [cosine: number, sine: number] {
  const step = (2 * Math.PI * hz) / sampleRate;
  let [cc, ss, cs, xc, xs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < signal.length; i++) {
    const [c, s, x] = [Math.cos(step * i), Math.sin(step * i), signal[i]!];
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
  }
  const determinant = cc * ss - cs * cs;
  return [(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant];
}

/** What of `signal` is not the tone at `hz`, in dB of a full-scale sine. */
export function residueDb(signal: Float32Array, hz: number, sampleRate: number): number {
  const [cosine, sine] = fit(signal, hz, sampleRate);
  const step = (2 * Math.PI * hz) / sampleRate;
  return rmsDb(signal.map((sample, i) => sample - cosine * Math.cos(step * i) - sine * Math.sin(step * i)));
}

/** Where in its period the tone at `hz` is at the first sample, 0..1 or less by a whole number; 0 is a sine's start. */
export function phaseOf(signal: Float32Array, hz: number, sampleRate: number): number {
  const [cosine, sine] = fit(signal, hz, sampleRate);
  return Math.atan2(cosine, sine) / (2 * Math.PI);
}

/** Root mean square in dB of a full-scale sine. */
export function rmsDb(signal: Float32Array): number {
  const squares = signal.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10(Math.max(1e-18, (2 * squares) / signal.length));
}

/** The largest step from one sample to the next. */
export function steepest(signal: Float32Array): number {
  let most = 0;
  for (let i = 1; i < signal.length; i++) most = Math.max(most, Math.abs(signal[i]! - signal[i - 1]!));
  return most;
}

export function toPcm16(signal: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(signal, (sample) => Math.round(sample * 0x7fff));
}
