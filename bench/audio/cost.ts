/** What the arithmetic of the sound path costs, in Node, whose engine is the browser's: no graph, no threads. */

import { Capture } from '../../src/audio/capture.ts';
import { Playout } from '../../src/audio/playout.ts';
import { Resampler } from '../../src/dsp/resampler.ts';
import type { Cost } from './figures.ts';
import { AMPLITUDE, tone, turnPcm } from './signal.ts';
import { percentile } from './uplink.ts';

const DEVICE_RATE = 48_000;
const BLOCK = 128;
const QUANTUM_MS = (BLOCK * 1000) / DEVICE_RATE;
const WARM_UP_S = 5;
const MEASURED_S = 30;
/** Sent before it is played. */
const AHEAD_S = 0.25;

export function measureCost(): Cost {
  return {
    resamplers: [
      [48_000, 16_000],
      [44_100, 16_000],
      [24_000, 48_000],
    ].map(([from, to]) => ({ name: `${from! / 1000}k to ${to! / 1000}k`, msPerS: resamplerMsPerS(from!, to!) })),
    blocks: [
      { name: 'Capture.write', ...shares(captureBlock()) },
      { name: 'Playout.render', ...shares(playoutBlock()) },
    ],
  };
}

function resamplerMsPerS(from: number, to: number): number {
  const resampler = new Resampler(from, to);
  const input = Float32Array.from({ length: BLOCK }, (_, i) => AMPLITUDE * tone(i / from));
  const out = new Float32Array(4 * BLOCK);
  const seconds = (count: number): void => {
    for (let i = 0; i < (count * from) / BLOCK; i += 1) resampler.process(input, BLOCK, out);
  };
  seconds(WARM_UP_S);
  const began = performance.now();
  seconds(MEASURED_S);
  return (performance.now() - began) / MEASURED_S;
}

/** Does one quantum's work and gives how long it took. */
type Block = () => number;

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function captureBlock(): Block {
  const frame = new Int16Array(320);
  const capture = new Capture(DEVICE_RATE, { take: () => frame, put: () => {} }, () => {});
  const voice = Float32Array.from({ length: BLOCK }, (_, i) => AMPLITUDE * tone(i / DEVICE_RATE));
  return () => timed(() => capture.write(voice));
}

/** There is always something to play. */
function playoutBlock(): Block {
  const playout = new Playout(DEVICE_RATE, { heard: () => {}, audible: () => {}, level: () => {}, learnt: () => {} });
  const rate = 24_000;
  const second = turnPcm(0, 1, rate);
  const out = new Float32Array(BLOCK);
  const frame = rate / 50;
  playout.receive({ type: 'format', sampleRate: rate });
  playout.receive({ type: 'turn_start', turnId: 'bench' });
  let sent = 0;
  let playedS = 0;
  return () => {
    for (; (sent * frame) / rate < playedS + AHEAD_S; sent += 1) {
      const at = (sent % 50) * frame;
      playout.receive({ type: 'frame', turnId: 'bench', pcm: second.slice(at, at + frame).buffer });
    }
    playedS += BLOCK / DEVICE_RATE;
    return timed(() => playout.render(out));
  };
}

function shares(block: Block): { p50Share: number; p99Share: number } {
  const blocks = (seconds: number): number => (seconds * DEVICE_RATE) / BLOCK;
  for (let i = 0; i < blocks(WARM_UP_S); i += 1) block();
  const times = Array.from({ length: blocks(MEASURED_S) }, block).sort((a, b) => a - b);
  return { p50Share: percentile(times, 0.5) / QUANTUM_MS, p99Share: percentile(times, 0.99) / QUANTUM_MS };
}
