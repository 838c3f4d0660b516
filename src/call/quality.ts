/** How good a call sounds, as one figure. Pure. */

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
