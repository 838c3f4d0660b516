/** Whether an answer has the shape of the one that a page shows, which is a cutting: a row may have more fields. */

const ID = /^[0-9a-f]{24}$/;

/** Where the answer differs, a line each. */
export function differences(shown: unknown, given: unknown, at = 'answer'): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(given)) return [`${at} is no list`];
    if (shown.length > 0 && given.length === 0) return [`${at} is empty`];
    return given.flatMap((each, i) => differences(shown[0], each, `${at}[${i}]`));
  }
  if (isObject(shown)) {
    if (!isObject(given)) return [`${at} is no object`];
    return Object.entries(shown).flatMap(([key, value]) =>
      key in given ? differences(value, given[key], `${at}.${key}`) : [`${at}.${key} is missing`],
    );
  }
  if (typeof shown !== typeof given) return [`${at} is ${typeof given}, not ${typeof shown}`];
  if (typeof shown === 'string' && typeof given === 'string' && form(shown) !== form(given)) {
    return [`${at} is ${given}, which is not like ${shown}`];
  }
  return [];
}

/** What two texts have in common that say the same of different things: being an id, or a URL's path and parameters. */
function form(text: string): string {
  if (ID.test(text)) return 'an id';
  if (!URL.canParse(text)) return 'a text';
  const { pathname, searchParams } = new URL(text);
  return `${pathname}?${[...searchParams.keys()].join('&')}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
