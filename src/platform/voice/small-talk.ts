/** What people say around their questions, and what a friendly person answers. Pure, English. */

import type { Persona } from './engines.ts';

interface Remark {
  readonly pattern: RegExp;
  readonly answer: (persona: Persona, topics: string) => string;
}

const place = ({ companyName }: Persona): string => (companyName ? ` at ${companyName}` : '');

/** The whole of what was said must be small talk: a greeting before a question is no greeting. */
const REMARKS: readonly Remark[] = [
  {
    pattern:
      /^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|there|sam|again|how are you(?: doing)?(?: today)?)\s*)+$/,
    answer: (persona) => `Hello, this is ${persona.name}${place(persona)}. What can I help you with?`,
  },
  {
    pattern:
      /^(?:(?:ok|okay|great|perfect|alright|no|well)\s+)*(?:many )?(?:thanks|thank you)(?: (?:so|very) much| a lot| for .*)?$/,
    answer: () => 'You are welcome. Is there anything else?',
  },
  {
    pattern:
      /^(?:(?:ok|okay|great|alright|well|thanks|thank you|thats? all)\s+)*(?:good ?bye|bye(?: bye)?|see you(?: \w+)?)$/,
    answer: () => 'Thank you for calling. Goodbye!',
  },
  {
    pattern:
      /^(?:who (?:are you|is this|am i (?:talking|speaking) (?:to|with))|what(?:s| is) your name|are you (?:a )?(?:real|human|robot|person|machine).*)$/,
    answer: (persona) => `I am ${persona.name}, the voice assistant${place(persona)}.`,
  },
  {
    pattern:
      /^(?:what can you (?:do|tell me|help (?:me )?with)|(?:can you )?help(?: me)?(?: please)?|what can i ask(?: you)?)$/,
    answer: (_persona, topics) => (topics ? `I can tell you about ${topics}.` : 'Ask me a question, and I will try.'),
  },
];

/** Null where it is something else than small talk. */
export function smallTalk(text: string, persona: Persona, topics: string): string | null {
  const said = text
    .toLowerCase()
    .replaceAll(/[’‘']/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return REMARKS.find(({ pattern }) => pattern.test(said))?.answer(persona, topics) ?? null;
}
