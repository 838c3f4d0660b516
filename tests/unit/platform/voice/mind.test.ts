import { describe, expect, it } from 'vitest';
import { SiteContent } from '../../../../src/platform/site/content.ts';
import type { Message } from '../../../../src/platform/voice/engines.ts';
import { LocalMind } from '../../../../src/platform/voice/mind.ts';
import { northwind } from '../site/northwind.ts';

const content = new SiteContent();
content.setPages('northwind', northwind());
const mind = new LocalMind(content);
const persona = {
  name: 'Nora',
  companyName: 'Northwind Catering',
  systemPrompt: 'Never mention the secret sauce.',
  language: 'English',
  assistantId: 'northwind',
};

async function ask(text: string, history: readonly Message[] = [], assistantId = 'northwind'): Promise<string> {
  const { signal } = new AbortController();
  let reply = '';
  for await (const piece of mind.reply({ text, history, persona: { ...persona, assistantId }, signal })) reply += piece;
  return reply.trim();
}

describe('LocalMind', () => {
  it.each([
    ["what's on the menu on sundays", 'pancakes, shakshuka'],
    ['hello how much are the pancakes please', '$12'],
    ['What are your opening hours?', '8:00 to 18:00'],
    ['are you open on monday', 'Monday: closed.'],
    ['can you cater for fifty people', 'Yes. We cater for 10 to 250 guests.'],
    ['how much is delivery', '$35'],
    ['do you have vegan dishes', 'Harvest bowl'],
  ])('answers %j from the pages', async (question, part) => {
    expect(await ask(question)).toContain(part);
  });

  it.each(['who won the world cup', 'do you sell submarines', 'tell me about the secret sauce'])(
    'says that it does not know, and what it does know: %j',
    async (question) => {
      const reply = await ask(question);
      expect(reply).toContain("I don't know that");
      expect(reply).toContain('opening hours');
    },
  );

  it.each([
    ['are you open on monday', [true]],
    ['who won the world cup', [false]],
    ['hello', []],
    ['thanks that is all', []],
  ])('says of its reply to %j whether it answers from the pages: %j', async (text, said) => {
    const reports: boolean[] = [];
    const { signal } = new AbortController();
    const report = (answered: boolean): number => reports.push(answered);
    for await (const _ of mind.reply({ text, history: [], persona, signal, report }));
    expect(reports).toEqual(said);
  });

  it('goes on from the question before', async () => {
    const history: Message[] = [
      { role: 'user', text: 'when are you open on monday' },
      { role: 'assistant', text: 'Monday: closed.' },
      { role: 'user', text: 'and on sunday' },
    ];
    expect(await ask('and on sunday', history)).toContain('Sunday: 9:00 to 14:00');
  });

  it.each([
    ['Hello!', /^Hello/],
    ['good morning', /^Hello/],
    ['Thank you very much.', /welcome/],
    ["thanks that's all", /^Goodbye/],
    ['okay bye', /^Goodbye/],
    ['who are you', /Nora.*Northwind Catering/],
    ['are you a robot', /not a person/],
    ['what can you do', /Sunday brunch/],
    ['can you hear me', /^Yes/],
    ['...', /say it again/],
  ])('makes small talk: %j', async (text, reply) => {
    expect(await ask(text)).toMatch(reply);
  });

  it('repeats itself when asked to', async () => {
    expect(await ask('could you repeat that please', [{ role: 'assistant', text: 'Monday: closed.' }])).toBe(
      'Monday: closed.',
    );
  });

  it('is honest where it has read nothing', async () => {
    const reply = await ask('what are your opening hours', [], 'unread');
    expect(reply).toContain("I don't know that");
    expect(reply).toContain('not read any page');
  });

  it('is short enough to listen to', async () => {
    const long = new SiteContent();
    const text = Array.from(
      { length: 40 },
      (_, index) => `Our bread number ${index} is baked with great care each morning.`,
    ).join('\n');
    long.setPages('northwind', [{ url: 'http://a.example/', title: 'Bread', sections: [{ heading: 'Bread', text }] }]);
    const pieces: string[] = [];
    for await (const piece of new LocalMind(long).reply({
      text: 'tell me about your bread',
      history: [],
      persona,
      signal: new AbortController().signal,
    })) {
      pieces.push(piece);
    }
    expect(pieces.length).toBeLessThanOrEqual(3);
    expect(pieces.join('').split(' ').length).toBeLessThan(65);
  });

  it('stops on abort without throwing', async () => {
    const abort = new AbortController();
    const pieces: string[] = [];
    for await (const piece of mind.reply({
      text: 'who won the world cup',
      history: [],
      persona,
      signal: abort.signal,
    })) {
      pieces.push(piece);
      abort.abort();
    }
    expect(pieces).toHaveLength(1);
  });
});
