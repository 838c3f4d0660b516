/** Attributes that stand for one of a few things. One that stands for nothing is told once, and ignored. */

const told = new Set<string>();

/** What the attribute's value stands for; null where there is none, or it stands for nothing. */
export function readAttribute<T>(element: Element, name: string, meanings: Readonly<Record<string, T>>): T | null {
  const value = element.getAttribute(name);
  if (value === null) return null;
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(meanings, word)) return meanings[word]!;
  const problem = `${name}="${value}"`;
  if (!told.has(problem)) {
    const known = Object.keys(meanings).filter((one) => one !== '');
    console.warn(`<${element.localName}>: ${problem} is ignored; it may be ${known.join(', ')}.`);
  }
  told.add(problem);
  return null;
}

/** Whether anything may be kept in the browser. */
export function mayStore(element: Element): boolean {
  return readWord(element, 'storage', ['local', 'none']) !== 'none';
}

/** As `readAttribute`, for words that stand for themselves. */
export function readWord<Word extends string>(element: Element, name: string, words: readonly Word[]): Word | null {
  return readAttribute(element, name, Object.fromEntries(words.map((word) => [word, word])) as Record<Word, Word>);
}
