/** What people say to an assistant that is no question about its site: greetings, thanks, who are you. Pure, English. */

import type { Message, Persona } from './engines.ts';

export interface SmallTalkContext {
  readonly persona: Persona;
  readonly history: readonly Message[];
  readonly topics: readonly string[];
}

/** Said before the matter, or instead of it. */
const OPENING =
  /^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|there|please|um+|uh+|oh|so|well|okay|ok|yes|yeah|yep|sure|no|nope|right|great|thanks|thank you|excuse me|sorry)\b\s*)+/;

/** In order; matched against lower-case words without punctuation, with what opens them and without. */
const REPLIES: readonly (readonly [RegExp, (context: SmallTalkContext) => string])[] = [
  [
    /\b(?:good ?bye?|bye(?: bye)?|see you(?: later| soon)?|have a (?:nice|good|great) (?:day|evening|weekend)|that(?:'?s| is| will be| would be) (?:all|it|everything))$/,
    () => 'Goodbye, and thank you for calling.',
  ],
  [
    /^(?:who|what) are you$|^what(?:'?s| is) your name$|^who am i (?:talking|speaking) (?:to|with)$/,
    ({ persona }) => introduction(persona),
  ],
  [
    /^(?:are you|am i (?:talking|speaking) (?:to|with)) (?:an? )?(?:real |actual )?(?:robot|bot|machine|computer|ai|human|person|human being|chatbot)(?: person)?$/,
    ({ persona }) => `I'm a voice assistant${of(persona)}, not a person.`,
  ],
  [
    /^(?:what (?:can|do) you (?:do|know)|what can i ask(?: you)?|how can you help(?: me)?|(?:can you )?help(?: me)?|what can you (?:help|tell) me(?: with| about)?)$/,
    (context) => offer(context),
  ],
  [/^how are you(?: doing)?(?: today)?$|^how(?:'?s| is) it going$/, () => "I'm well, thank you. How can I help you?"],
  [
    /^(?:can you |could you )?(?:repeat|say) (?:that|it)(?: again| once more)?$|^(?:what did you say|pardon(?: me)?|come again|what was that)$/,
    ({ history }) =>
      history.findLast(({ role }) => role === 'assistant')?.text ?? 'I have not said anything yet. How can I help you?',
  ],
  [
    /^(?:can you hear me|are you there|is (?:anybody|anyone) there|testing|test)$/,
    () => 'Yes, I can hear you. How can I help you?',
  ],
];

/** Null for what is no small talk: then the question is the site's. A greeting before a question is no greeting. */
export function smallTalk(text: string, context: SmallTalkContext): string | null {
  const said = text
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
  if (said === '') return "I'm sorry, I didn't hear that. Could you say it again?";
  const matter = said
    .replace(OPENING, '')
    .replace(/\bplease$/, '')
    .trim();
  for (const [pattern, reply] of REPLIES) {
    if (pattern.test(matter) || pattern.test(said)) return reply(context);
  }
  if (matter !== '' && !/^(?:very much|a lot|so much|for (?:your|the) help)$/.test(matter)) return null;
  if (/\b(?:thanks|thank you)\b/.test(said)) return "You're welcome. Is there anything else I can help you with?";
  if (/\b(?:hi|hello|hey|hiya|good)\b/.test(said)) return 'Hello! How can I help you?';
  if (/\bno(?:pe)?\b/.test(said)) return 'All right. If you have another question, just ask.';
  return 'What would you like to know?';
}

/** What it can be asked, by the headings of its pages. */
export function offer({ persona, topics }: Pick<SmallTalkContext, 'persona' | 'topics'>): string {
  if (topics.length > 0) return `You can ask me about ${listed(topics.slice(0, 5))}.`;
  const { companyName } = persona;
  const about = companyName === null ? '' : ` about ${companyName}`;
  return `I answer questions${about} from its website, but I have not read any page of it yet.`;
}

/** "a, b and c", as in the middle of a sentence. */
function listed(topics: readonly string[]): string {
  const names = topics.map(inSentence);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Without a heading's capital, unless it is a name's. */
function inSentence(topic: string): string {
  const named = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day/i.test(topic) || / \p{Lu}/u.test(topic);
  return named || !/^\p{Lu}\p{Ll}/u.test(topic) ? topic : topic[0]!.toLowerCase() + topic.slice(1);
}

function introduction(persona: Persona): string {
  return `I'm ${persona.name}, the voice assistant${of(persona)}. How can I help you?`;
}

const of = ({ companyName }: Persona): string => (companyName === null ? '' : ` of ${companyName}`);
