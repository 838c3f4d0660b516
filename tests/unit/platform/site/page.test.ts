import { describe, expect, it } from 'vitest';
import { readPage } from '../../../../src/platform/site/page.ts';
import { PAGES } from './northwind.ts';

const URL_ = 'http://northwind.example/demo/page.html';
const sections = (html: string): unknown => readPage(html, URL_).page?.sections;

describe('readPage', () => {
  it('gives title and sections, without navigation, widgets, styles and what stands beside the main part', () => {
    expect(readPage(PAGES['/menu.html']!, URL_).page).toEqual({
      url: URL_,
      title: 'Menu: Northwind Catering',
      sections: [
        {
          heading: 'Sunday brunch',
          text: [
            'On Sundays we serve pancakes, shakshuka & a harvest bowl.',
            'Pancakes: $12. With berries. Vegetarian.',
            'Harvest bowl: $13. Lentils and kale. Vegan.',
          ].join('\n'),
        },
        { heading: 'Dinner buffet', text: 'The dinner buffet costs $38 a person, for 20 guests or more.' },
        { heading: null, text: '18 Harbour Street.' },
      ],
    });
  });

  it.each([
    [
      'a table row by row',
      '<table><tr><th>Day</th></tr><tr><td>Mon</td><td>9</td><td>5</td></tr></table>',
      'Mon: 9, 5.',
    ],
    ['a list entry by entry', '<ul><li>Soup</li><li>Salad!</li></ul>', 'Soup.\nSalad!'],
    [
      'a paragraph sentence by sentence',
      '<p>One thing is. Another thing  is\n too.</p>',
      'One thing is.\nAnother thing is too.',
    ],
    ['a short answer with what follows', '<p>Yes. We do that.</p>', 'Yes. We do that.'],
    ['words in bold as words', '<p>We <b>never</b> <i>close</i>.</p>', 'We never close.'],
    ['nothing that is hidden', '<p hidden>No</p><div aria-hidden="true">No</div><p>Seen it all</p>', 'Seen it all.'],
    ['no invitation to another page', '<p>We bake bread. <a href="/bread">See our bread</a></p>', 'We bake bread.'],
    ['a link within a sentence', '<p>Our <a href="/bread">bread</a> is good.</p>', 'Our bread is good.'],
    ['a telephone number', '<p><a href="tel:+15550100">555-0100</a></p>', '555-0100.'],
  ])('reads %s', (_, html, text) => {
    expect(sections(html)).toEqual([{ heading: null, text }]);
  });

  it('lists links to pages, absolute and once', () => {
    const html = `<a href="/a#x">a</a><a href="b">b</a><a href="/a">a</a><a href="mailto:a@b.example">m</a>
      <a href="javascript:alert(1)">j</a><a href="http://[">bad</a><a href="/c" download>c</a><a href="/d" rel="nofollow">d</a>`;
    expect(readPage(html, URL_).links).toEqual(['http://northwind.example/a', 'http://northwind.example/demo/b']);
  });

  it('keeps out of a page that asks for it', () => {
    const html = (robots: string): string => `<meta name="Robots" content="${robots}"><a href="/a">a</a><p>Words.</p>`;
    expect(readPage(html('noindex'), URL_)).toEqual({ page: null, links: ['http://northwind.example/a'] });
    expect(readPage(html('noindex, nofollow'), URL_)).toEqual({ page: null, links: [] });
    expect(readPage(html('none'), URL_)).toEqual({ page: null, links: [] });
    expect(readPage(html('index'), URL_).page).not.toBeNull();
  });
});
