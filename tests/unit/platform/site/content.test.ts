import { describe, expect, it } from 'vitest';
import { SiteContent } from '../../../../src/platform/site/content.ts';
import { northwind, PAGES, serveSite } from './northwind.ts';

const content = new SiteContent();
content.setPages('northwind', northwind());
const best = (query: string, earlier?: string): string | undefined =>
  content.search('northwind', query, earlier)[0]?.statement;

describe('SiteContent', () => {
  it.each([
    ['what does the dinner buffet cost', 'The dinner buffet costs $38 a person, for 20 guests or more.'],
    ['How much is the harvest bowl?', 'Harvest bowl: $13. Lentils and kale. Vegan.'],
    ['are you open on monday', 'Monday: closed.'],
    ['can you cater for fifty people', 'Yes. We cater for 10 to 250 guests.'],
    ['where are you', 'Our address is 18 Harbour Street.'],
    ['do you have anything vegan', 'Harvest bowl: $13. Lentils and kale. Vegan.'],
  ])('finds for %j: %s', (query, statement) => {
    expect(best(query)).toBe(statement);
  });

  it('finds a word that was misheard by a letter, or said in another form', () => {
    expect(best('do you have pancaks')).toContain('ancakes');
    expect(best('what do deliveries cost')).toMatch(/deliver|costs \$35/i);
  });

  it('takes the question before into account', () => {
    expect(best('and on sundays', 'when are you open')).toBe('Sunday: 9:00 to 14:00.');
  });

  it('says how much of the question a statement covers', () => {
    expect(content.search('northwind', 'dinner buffet')[0]?.coverage).toBe(1);
    expect(content.search('northwind', 'does the moon have a dinner submarine')[0]?.coverage).toBeLessThan(0.5);
    expect(content.search('northwind', 'what would you')).toEqual([]);
  });

  it('takes no question on a page for an answer', () => {
    expect(
      content
        .search('northwind', 'how much is a platter')
        .map(({ statement }) => statement)
        .join(),
    ).not.toContain('?');
  });

  it('counts what every page says once', () => {
    const found = content
      .search('northwind', 'harbour street')
      .filter(({ statement }) => statement === '18 Harbour Street.');
    expect(found).toHaveLength(1);
  });

  it('keeps the sites of two assistants apart, and forgets one that has no pages', () => {
    const two = new SiteContent();
    two.setPages('one', northwind());
    expect(two.search('other', 'dinner buffet')).toEqual([]);
    expect(two.topics('other')).toEqual([]);
    two.setPages('one', []);
    expect(two.search('one', 'dinner buffet')).toEqual([]);
  });

  it('names its topics by short headings', () => {
    expect(content.topics('northwind')).toEqual(expect.arrayContaining(['Sunday brunch', 'Opening hours', 'Delivery']));
    expect(content.topics('northwind').join()).not.toContain('?');
  });

  it('refreshes by reading the site', async () => {
    await using site = await serveSite((path) => (PAGES[path] === undefined ? undefined : { body: PAGES[path] }));
    const fresh = new SiteContent();
    expect(await fresh.refresh('a', site.origin)).toBe(3);
    expect(fresh.search('a', 'dinner buffet')).not.toEqual([]);
  });
});
