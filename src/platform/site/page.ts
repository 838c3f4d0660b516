/** What a page says, out of its HTML: its title and its sections, one statement a line. Pure. */

import { type HTMLElement, NodeType, parse } from 'node-html-parser';
import { sentencesOf } from '../voice/sentences.ts';

export interface Section {
  /** The words of the heading above it; null before the first. */
  readonly heading: string | null;
  /** One statement a line: a sentence, a row of a table ("Monday: closed."), an entry of a list. */
  readonly text: string;
}

export interface Page {
  readonly url: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface ReadPage {
  /** Null where the page asks not to be indexed. */
  readonly page: Page | null;
  /** Absolute http(s) addresses without fragments; none where the page asks that they not be followed. */
  readonly links: readonly string[];
}

/** Never a statement of the site: programs, forms, navigation, and what is hidden. */
const SILENT = new Set(
  'script style template noscript svg nav form button select textarea iframe canvas video audio object dialog head'.split(
    ' ',
  ),
);
const HEADING = /^h[1-6]$/;
const BLOCK = new Set(
  'address article aside blockquote body details div figcaption figure footer header main ol p pre section summary table tbody thead ul'.split(
    ' ',
  ),
);

export function readPage(html: string, url: string): ReadPage {
  const root = parse(html, { comment: false });
  const robots = root
    .querySelectorAll('meta')
    .filter((meta) => meta.getAttribute('name')?.toLowerCase() === 'robots')
    .map((meta) => meta.getAttribute('content')?.toLowerCase() ?? '')
    .join(',');
  const hidden = /\b(?:noindex|none)\b/.test(robots);
  return {
    page: hidden ? null : { url, title: words(root.querySelector('title')), sections: sectionsOf(root) },
    links: /\b(?:nofollow|none)\b/.test(robots) ? [] : linksOf(root, url),
  };
}

function linksOf(root: HTMLElement, url: string): string[] {
  const base = URL.parse(root.querySelector('base')?.getAttribute('href') ?? '', url)?.href ?? url;
  const links = new Set<string>();
  for (const anchor of root.querySelectorAll('a')) {
    const href = anchor.getAttribute('href');
    const unwanted = anchor.hasAttribute('download') || /\bnofollow\b/.test(anchor.getAttribute('rel') ?? '');
    const link = href === undefined || unwanted ? null : URL.parse(href, base);
    if (link === null || !/^https?:$/.test(link.protocol)) continue;
    link.hash = '';
    links.add(link.href);
  }
  return [...links];
}

function sectionsOf(root: HTMLElement): Section[] {
  // Where the page says which part is its own, what stands around it is frame; but a footer often has the address.
  const main = root.querySelector('main');
  if (main === null) return new Reader().read(root);
  const footers = root.querySelectorAll('footer').filter((footer) => footer.closest('main') === null);
  return [main, ...footers].flatMap((part) => new Reader().read(part));
}

class Reader {
  #sections: Section[] = [];
  #heading: string | null = null;
  #lines: string[] = [];
  #inline = '';

  read(part: HTMLElement): Section[] {
    this.#visit(part);
    this.#endSection();
    return this.#sections;
  }

  #visit(element: HTMLElement): void {
    for (const node of element.childNodes) {
      if (node.nodeType === NodeType.TEXT_NODE) this.#inline += node.text;
      else if (node.nodeType === NodeType.ELEMENT_NODE) this.#element(node as HTMLElement);
    }
  }

  #element(element: HTMLElement): void {
    const tag = element.rawTagName?.toLowerCase() ?? '';
    if (isSilent(element, tag)) return;
    if (HEADING.test(tag)) {
      this.#endSection();
      this.#heading = words(element) || null;
    } else if (tag === 'a' && this.#isInvitation(element)) return;
    else if (tag === 'tr') this.#row(element);
    else if (tag === 'dl') this.#entries(element);
    else if (tag === 'br') this.#inline += ', ';
    else if (BLOCK.has(tag) || tag === 'li') {
      this.#endParagraph();
      this.#visit(element);
      this.#endParagraph();
    } else this.#visit(element);
  }

  /** "See the menu", by itself: where to go on, and no statement. */
  #isInvitation(anchor: HTMLElement): boolean {
    const alone = /(?:^|[.!?])\s*$/.test(this.#inline) && (anchor.nextSibling?.text.trim() ?? '') === '';
    return alone && !/^(?:tel|mailto):/i.test(anchor.getAttribute('href') ?? '');
  }

  /** "Tuesday to Friday: 8:00 to 18:00." */
  #row(row: HTMLElement): void {
    const cells = row.querySelectorAll('th,td');
    // A row of column headings says nothing by itself.
    if (cells.every((cell) => cell.rawTagName.toLowerCase() === 'th')) return;
    const [first = '', ...rest] = cells.map(words).filter((cell) => cell !== '');
    this.#line(rest.length === 0 ? first : `${first}: ${rest.join(', ')}`);
  }

  /** "Shakshuka: $14. Eggs baked in tomato." */
  #entries(list: HTMLElement): void {
    let entry = '';
    for (const part of list.querySelectorAll('dt,dd')) {
      if (part.rawTagName.toLowerCase() === 'dt') {
        this.#line(entry);
        entry = `${words(part)}:`;
      } else entry = `${entry} ${ended(words(part))}`;
    }
    this.#line(entry);
  }

  #line(text: string): void {
    this.#endParagraph();
    if (text !== '') this.#lines.push(ended(text));
  }

  #endParagraph(): void {
    const text = squeezed(this.#inline);
    this.#inline = '';
    let before: string | null = null;
    for (const sentence of sentencesOf(text)) {
      // "Yes." is nothing without what follows.
      if (before !== null && before.split(' ').length < 3) this.#lines.pop();
      else before = null;
      before = before === null ? ended(sentence) : `${before} ${ended(sentence)}`;
      this.#lines.push(before);
    }
  }

  #endSection(): void {
    this.#endParagraph();
    if (this.#lines.length > 0) this.#sections.push({ heading: this.#heading, text: this.#lines.join('\n') });
    this.#lines = [];
    this.#heading = null;
  }
}

function isSilent(element: HTMLElement, tag: string): boolean {
  const hidden = element.hasAttribute('hidden') || element.getAttribute('aria-hidden') === 'true';
  // A custom element's children are its fallback, a widget's among them.
  return hidden || SILENT.has(tag) || tag.includes('-');
}

const squeezed = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.;:!?])/g, '')
    .trim();

const words = (element: HTMLElement | null): string => squeezed(element?.structuredText ?? '');

const ended = (text: string): string => (text === '' || /[.!?:…]["'”’)]?$/.test(text) ? text : `${text}.`);
