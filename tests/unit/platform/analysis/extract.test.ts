import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract, extractText, MAX_EXTRACT_CHARACTERS } from '../../../../src/platform/analysis/extract.ts';
import type { Turn } from '../../../../src/platform/analysis/turns.ts';
import { anyTurns, asks, says } from './turns.ts';

/** Turns of one second each, half a second apart; the assistant's with what the mind says of them. */
function talk(...lines: readonly (readonly ['user' | 'assistant', string, (boolean | null)?])[]): Turn[] {
  return lines.map(([role, text, answered = null], index) => {
    const times = [index * 1_500, index * 1_500 + 1_000] as const;
    return role === 'user' ? asks(times, text) : says(times, text, { answered });
  });
}

const CALL = talk(
  ['assistant', 'Hello, this is Northwind Catering. How can I help you?'],
  ['user', 'Hi there.'],
  ['assistant', 'Hello! How can I help you?'],
  ['user', 'We are planning a wedding. Do you deliver to the harbour on Sundays?'],
  ['assistant', 'Yes. We deliver within 20 miles of the harbour. On Sundays we deliver from 9:00 to 14:00.', true],
  ['user', 'Can I bring my dog? Dr. Smith said so.'],
  ['assistant', "I'm sorry, I don't know that.", false],
  ['user', 'Okay thanks, bye.'],
  ['assistant', 'Goodbye, and thank you for calling.'],
);

describe('the summary in the own words of a call', () => {
  it('keeps questions with their answers, and leaves greetings and thanks out', () => {
    expect(extractText(CALL, 'en')).toBe(
      [
        'Do you deliver to the harbour on Sundays? We deliver within 20 miles of the harbour. On Sundays we deliver from 9:00 to 14:00.',
        "Can I bring my dog? I'm sorry, I don't know that.",
      ].join('\n'),
    );
  });

  it('tells of a question that came too late for an answer', () => {
    const turns = [
      ...CALL,
      ...talk(['user', 'Wait, do you have a vegan menu?']).map((turn) => ({ ...turn, atMs: 99_000, endMs: 99_900 })),
    ];
    expect(extract(turns, 'en').at(-1)).toEqual(['Wait, do you have a vegan menu?']);
  });

  it('goes by what was said where the mind says nothing of its replies', () => {
    const turns = CALL.map((turn) => ({ ...turn, answered: null }));
    expect(extract(turns, 'en')).toContainEqual(['Can I bring my dog?', "I'm sorry, I don't know that."]);
  });

  it('prefers what was talked of often, and tells it once', () => {
    const asked = (question: string): ['user' | 'assistant', string, boolean?][] => [
      ['user', question],
      ['assistant', 'Yes.', true],
    ];
    const once = ['Do you rent chairs?', 'Is parking free?', 'Any music?', 'Is it heated?', 'May dogs come?'];
    const turns = talk(
      ...once.flatMap(asked),
      ...asked('How much is delivery?'),
      ...asked('Delivery to the harbour?'),
      ...asked('What does delivery cost?'),
    );
    const told = extract(turns, 'en').map(([question]) => question!);
    expect(told).toHaveLength(5);
    expect(told).toContain('What does delivery cost?');
    expect(told).not.toContain('How much is delivery?');
  });

  it('does without the words that every sentence has', () => {
    const turns = talk(
      ['user', 'What is it that there is? What are the allergens in the soup? And what about that?'],
      ['assistant', 'Celery.', true],
    );
    expect(extract(turns, 'en')[0]![0]).toBe('What are the allergens in the soup?');
  });

  it('is made of Chinese as of English', () => {
    const turns = talk(['user', '你好。我想订一张桌子，可以吗？'], ['assistant', '可以。星期天我们有桌子。', true]);
    expect(extractText(turns, 'zh')).toBe('我想订一张桌子，可以吗？ 可以。 星期天我们有桌子。');
  });

  it('cuts no sentence at "a.m." or "Dr."', () => {
    const turns = talk(['user', 'Is Dr. Smith in at 9 a.m. on Mondays?'], ['assistant', 'Yes.', true]);
    expect(extract(turns, 'en')).toEqual([['Is Dr. Smith in at 9 a.m. on Mondays?', 'Yes.']]);
  });

  it('is empty where the visitor said nothing', () => {
    expect(extractText([], 'en')).toBe('');
    expect(extractText(talk(['assistant', 'Hello, this is Northwind Catering.']), 'en')).toBe('');
  });

  it('never fails, says nothing that was not said, and is short', () => {
    fc.assert(
      fc.property(anyTurns, fc.constantFrom('en', 'zh', 'und'), (turns, tag) => {
        const sentences = extract(turns, tag).flat();
        for (const sentence of sentences) {
          expect(sentence).not.toBe('');
          expect(turns.some(({ text }) => text.includes(sentence))).toBe(true);
        }
        const text = extractText(turns, tag);
        expect(text.length).toBeLessThanOrEqual(MAX_EXTRACT_CHARACTERS);
        expect(text.split(/[\n ]+/)).toEqual(sentences.join(' ').split(/[\n ]+/));
        expect(extractText(structuredClone(turns), tag)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
