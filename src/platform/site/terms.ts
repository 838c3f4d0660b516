/** Words as the search compares them: without endings, under one name for what means the same. English. */

/** Say nothing of what is asked. */
const STOP_WORDS = new Set(
  `a about after all also am an and any are as at be been being but by can could did do does doing for from get give
   got had has have having he her here him his how i i'd i'll i'm i've if in into is it it's its just know let like
   maybe me might mine my need no not now of off oh ok okay on one only or other our out over please shall she should
   so some tell than thank thanks that that's the their them then there these they this those to too uh um up us very
   want was we we're well were what what's when which while who who's why will with would yeah yes you you're your
   anything something let's don't doesn't isn't aren't there's where where's much many hi hello hey offer provide`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const NUMBERS = new Map(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
   eighteen nineteen twenty`
    .split(/\s+/)
    .map((word, index) => [word, String(index)]),
);
'thirty forty fifty sixty seventy eighty ninety'
  .split(' ')
  .forEach((word, index) => NUMBERS.set(word, String(30 + index * 10)));
NUMBERS.set('hundred', '100');

/** First the name, then what else it is called; by stem. */
const SAME = new Map(
  [
    'price cost charg fee rate expensive cheap',
    'open close hour schedule',
    'address locat direction situat',
    'phone telephone',
    'mail email',
    'deliver delivery ship',
    'guest people person attendee',
    'menu dish meal eat',
    'child children kid',
    'book reserv reservation',
    'cater event',
    'pay payment',
    'allergy allergic allergen',
    'ahead advance notice',
    'cancel cancellation refund',
    'staff waiter waitress',
    'vegetarian veggie',
    'park parking',
  ].flatMap((line) => {
    const [name = '', ...others] = line.split(' ');
    return others.map((other) => [other, name] as const);
  }),
);

/** Null for a word that says nothing. */
export function term(word: string): string | null {
  const plain = word.toLowerCase().replace(/’/g, "'");
  // "one" is a filler far more often than a number.
  if (STOP_WORDS.has(plain)) return null;
  const bare = plain.replace(/'(?:s|re|ve|ll|d|m|t)?$/, '').replace(/'/g, '');
  if (bare === '') return null;
  const stemmed = stem(NUMBERS.get(bare) ?? bare);
  return SAME.get(stemmed) ?? stemmed;
}

export function termsOf(text: string): string[] {
  return wordsOf(text)
    .map(term)
    .filter((one) => one !== null);
}

/** "gluten-free" is two words, "1,900" is one. */
export function wordsOf(text: string): string[] {
  return text.replace(/(?<=\d),(?=\d{3})/g, '').match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
}

/** What a statement is about without saying so: prices and times of day. */
export function impliedTerms(text: string): string[] {
  return [
    ...(/[$€£]\s?\d/.test(text) ? ['price'] : []),
    ...(/\b\d{1,2}:\d\d\b|\b\d{1,2} ?[ap]\.?m\b/i.test(text) ? ['time'] : []),
  ];
}

/** What a question asks for by its question words. */
export function askedTerms(question: string): string[] {
  return [
    ...(/\bhow (?:much|expensive)\b|\bwhat .*\b(?:cost|price)s?\b/i.test(question) ? ['price'] : []),
    ...(/\bwhen\b|\bwhat time\b|\bhours\b/i.test(question) ? ['time'] : []),
    ...(/\bwhere\b|\bhow (?:do|can) (?:i|we) (?:get|find|come)\b/i.test(question) ? ['address'] : []),
    ...(/\b(?:call|reach|ring)\b/i.test(question) ? ['phone'] : []),
  ];
}

/** Endings off, lightly: a stem need be no word, only the same for the same. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let stemmed = word;
  if (stemmed.endsWith('ies') && stemmed.length > 4) stemmed = `${stemmed.slice(0, -3)}y`;
  else if (/(?:ss|x|z|ch|sh)es$/.test(stemmed)) stemmed = stemmed.slice(0, -2);
  else if (stemmed.endsWith('s') && !/(?:ss|us|is)$/.test(stemmed)) stemmed = stemmed.slice(0, -1);
  const verb = /^(.*[aeiouy].*)(?:ing|ed)$/.exec(stemmed)?.[1];
  if (verb !== undefined && verb.length >= 3) stemmed = /([bdgmnprt])\1$/.test(verb) ? verb.slice(0, -1) : verb;
  // "close" and "closing", "price" and "pricing": one without its e.
  return SAME.has(stemmed) || !SAME.has(`${stemmed}e`) ? stemmed : `${stemmed}e`;
}
