/** Hears it when a visitor says goodbye, and only that. Pure. */

const GOODBYE =
  /\b(?:good ?bye?|bye|farewell|see (?:you|ya)(?: (?:later|soon|around|then|tomorrow))?|talk to you (?:later|soon)|have a (?:nice|good|great|lovely) (?:day|one|evening|night|weekend)|good ?night|hang up)\b/g;

/** What people put around a goodbye without asking for anything more. */
const AROUND =
  /\b(?:ok|okay|alright|all right|right|well|so|then|now|and|no|nope|yes|yeah|great|perfect|cool|super|fine|thanks?(?: you)?|thank you|very much|so much|a lot|for (?:your|the|all(?: the| your)?) (?:help|time|information|info)|for everything|that(?:'s| is| was| will be|'ll be) (?:all|it|everything)|i(?:'m| am) (?:done|good)|i (?:have to|need to|must|gotta) go|you too|you|too|to|please|for now|for today|everyone|there|cheers|take care|i(?:'ll)?)\b/g;

/**
 * "Okay, that's all, thank you. Goodbye!", but not "How do I say goodbye in Italian?".
 *
 * @param names whom it may be said to: "Bye, Sam"
 */
export function isFarewell(text: string, names: readonly string[] = []): boolean {
  const plain = plainWords(text);
  const without = plain.replace(GOODBYE, ' ');
  if (without === plain) return false;
  const called = new Set(names.flatMap((name) => plainWords(name).split(' ')));
  const rest = without.replace(AROUND, ' ').split(' ');
  return rest.every((word) => word === '' || called.has(word));
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
