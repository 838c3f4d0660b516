/** Whether this machine draws letters as the one that took the pictures. */

import { server } from 'vitest/browser';

/** A line of each typeface that the stage names: how wide it is at 100 px, and where its ink ends. */
const LETTERS: readonly (readonly [family: string, text: string, widthPx: number, inkPx: number])[] = [
  ['Liberation Sans', 'Ready when you are', 917.2, 913.6],
  ['Lohit Devanagari', 'रविवार को क्या मिलता है?', 962.2, 937.3],
  ['DejaVu Sans', 'تحدث إلى المطبخ', 737, 734.2],
  ['Droid Sans Fallback', '日曜日は九時から', 800, 784],
];

/** Why pictures can't be compared here; null where they can. */
export function strangeLetters(): string | null {
  if (server.platform !== 'linux') return `the pictures were taken on Linux, this is ${server.platform}`;
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  for (const [family, text, widthPx, inkPx] of LETTERS) {
    context.font = `100px "${family}", monospace`;
    const { width, actualBoundingBoxRight } = context.measureText(text);
    if (Math.abs(width - widthPx) > 0.5 || Math.abs(actualBoundingBoxRight - inkPx) > 0.5) {
      return `the pictures need the font ${family}, as Debian has it`;
    }
  }
  return null;
}
