import { describe, expect, it } from 'vitest';
import { spokenText } from '../../../../src/platform/voice/spoken-text.ts';

describe('spokenText', () => {
  it.each([
    ['Lunch & dinner: $12/person', 'Lunch and dinner: 12 dollars per person'],
    [
      '$1, $12.50, $1,900, £3.05 or €20',
      '1 dollar, 12 dollars and 50 cents, 1900 dollars, 3 pounds and 5 pence or 20 euros',
    ],
    ['from 9am to 6 p.m.', 'from 9 A M to 6 P M'],
    ['8:00 to 18:00', "8 o'clock to 6 P M"],
    ['9:05 or 18:30', '9 oh 5 or 6 30 P M'],
    ['10–20 guests, 7-9 days', '10 to 20 guests, 7 to 9 days'],
    ['Call 555-0100.', 'Call 5 5 5, 0 1 0 0.'],
    ['Call +1 555 010 0199.', 'Call plus 1, 5 5 5, 0 1 0, 0 1 9 9.'],
    ['from 1998-2005', 'from 1998 to 2005'],
    ['see https://www.northwind.example/menu', 'see northwind dot example slash menu'],
    ['mail hello@northwind.example.', 'mail hello at northwind dot example.'],
    ['**Bold** `code` and [the menu](https://a.example/)', 'Bold code and the menu'],
    ['- crème brûlée 🍰 — 20%', 'creme brulee, 20 percent'],
    ['we can’t', "we can't"],
  ])('says %j as %j', (written, spoken) => {
    expect(spokenText(written)).toBe(spoken);
  });
});
