import { describe, expect, it } from 'vitest';
import { isFarewell } from '../../../../src/platform/voice/farewell.ts';

describe('isFarewell', () => {
  it.each([
    'Goodbye',
    'Thank you, good-by.',
    'Bye bye!',
    'Good bye.',
    "That's all, thank you. Goodbye!",
    'Okay, thanks for your help, bye.',
    'No, that’s it. Have a nice day!',
    'See you later',
    'Thank you very much, good night.',
  ])('hears it in %j', (text) => expect(isFarewell(text)).toBe(true));

  it.each(['Goodbye, Sam.', 'Thanks, Sam, bye!', 'Sam, you good-by.', 'Have a nice day, Acme Inc.', 'Bye, inc.'])(
    'hears it in %j, to Sam of Acme Inc',
    (text) => expect(isFarewell(text, ['Sam', 'Acme, Inc.'])).toBe(true),
  );

  it.each(['Goodbye, Samuel', 'Sam', 'Who is Sam? Bye', ''])('does not hear it in %j, to Sam', (text) =>
    expect(isFarewell(text, ['Sam', ''])).toBe(false),
  );

  it.each([
    'How do I say goodbye in Italian?',
    'Thank you',
    "That's all right",
    'Bye the way, do you deliver?',
    'Goodbye is the title of the song I want played',
    'I want to say goodbye to my old caterer',
    '',
  ])('does not hear it in %j', (text) => expect(isFarewell(text)).toBe(false));
});
