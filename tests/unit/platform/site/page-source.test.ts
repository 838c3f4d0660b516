import { describe, expect, it } from 'vitest';
import { type PageSource, SiteContent } from '../../../../src/platform/site/content.ts';
import type { Page } from '../../../../src/platform/site/page.ts';

const about = (text: string): Page[] => [
  { url: 'https://a.example/', title: 'Bread', sections: [{ heading: 'Bread', text }] },
];

/** Pages that a test changes, and how often they were fetched. */
class Shelf implements PageSource {
  pages: Page[] = [];
  at: Date | null = null;
  fetched = 0;
  failure: Error | null = null;

  put(text: string, at: number): void {
    this.pages = about(text);
    this.at = new Date(at);
  }
  async readAt(): Promise<Date | null> {
    if (this.failure) throw this.failure;
    return this.at;
  }
  async list(): Promise<readonly Page[]> {
    this.fetched += 1;
    return this.pages;
  }
}

describe('SiteContent over a source', () => {
  const answer = (content: SiteContent) => content.search('a', 'how is the bread')[0]?.statement;

  it('takes over what was read elsewhere, and fetches it again only when it was read again', async () => {
    const shelf = new Shelf();
    const content = new SiteContent(shelf);
    await content.prepare('a');
    expect(answer(content)).toBeUndefined();

    shelf.put('The bread is fresh.', 1);
    await content.prepare('a');
    await content.prepare('a');
    expect(answer(content)).toBe('The bread is fresh.');
    expect(shelf.fetched).toBe(1);

    shelf.put('The bread is dark.', 2);
    expect(answer(content)).toBe('The bread is fresh.');
    await content.prepare('a');
    expect(answer(content)).toBe('The bread is dark.');
    // Read by a node whose clock is behind.
    shelf.put('The bread is gone.', 1);
    await content.prepare('a');
    expect(answer(content)).toBe('The bread is gone.');
  });

  it('forgets what the source has no more', async () => {
    const shelf = new Shelf();
    const content = new SiteContent(shelf);
    shelf.put('The bread is fresh.', 1);
    await content.prepare('a');
    shelf.at = null;
    await content.prepare('a');
    expect(answer(content)).toBeUndefined();
  });

  it('keeps what it knew while the source fails, and learns again when it does not', async () => {
    const shelf = new Shelf();
    const content = new SiteContent(shelf);
    shelf.put('The bread is fresh.', 1);
    await content.prepare('a');
    shelf.failure = new Error('no source');
    shelf.put('The bread is dark.', 2);
    await expect(content.prepare('a')).rejects.toThrow('no source');
    expect(answer(content)).toBe('The bread is fresh.');
    shelf.failure = null;
    await content.prepare('a');
    expect(answer(content)).toBe('The bread is dark.');
  });

  it('ends with what was read last, however long the pages before it took to come', async () => {
    const shelf = new Shelf();
    const content = new SiteContent(shelf);
    shelf.put('The bread is fresh.', 1);
    let deliver = (): void => {};
    const asked = new Promise<void>((told) => {
      shelf.list = () => {
        told();
        const { pages } = shelf;
        delete (shelf as { list?: unknown }).list;
        return new Promise((resolve) => (deliver = () => resolve(pages)));
      };
    });
    const first = content.prepare('a');
    await asked;
    shelf.put('The bread is dark.', 2);
    const second = content.prepare('a');
    deliver();
    await Promise.all([first, second]);
    expect(answer(content)).toBe('The bread is dark.');
  });
});
