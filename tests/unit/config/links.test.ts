import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkify, readLink } from '../../../src/config/links.ts';

describe('readLink', () => {
  it.each([
    ['https://Acme.example', 'https://acme.example/'],
    [' https://acme.example/a b?c=d#e ', 'https://acme.example/a%20b?c=d#e'],
    ['HTTPS://acme.example:443/x/../y', 'https://acme.example/y'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['mailto:sam@acme.example', 'mailto:sam@acme.example'],
    ['mailto:sam@acme.example?subject=Hi', 'mailto:sam@acme.example?subject=Hi'],
    ['tel:+49 30 1234-56', 'tel:+49301234-56'],
    ['TEL:110', 'tel:110'],
    ['tel:+15550100;ext=7', 'tel:+15550100;ext=7'],
  ])('lets %j in', (given, read) => {
    expect(readLink(given)).toBe(read);
  });

  it.each([
    'http://acme.example',
    '//acme.example',
    '/menu',
    'acme.example',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'https://ac\tme.example',
    'https://acme.example/\u202e',
    'https://user@acme.example',
    'https://user:word@acme.example',
    'https://bank.example:x@acme.example',
    'https://',
    'data:text/html,x',
    'blob:https://acme.example/x',
    'mailto:',
    'mailto:?bcc=a@b.example',
    'tel:',
    'tel:ask',
    'tel:+1?x',
    `https://acme.example/${'x'.repeat(2048)}`,
    '',
    null,
    7,
    { href: 'https://acme.example' },
  ])('keeps %j out', (given) => {
    expect(readLink(given)).toBeNull();
  });
});

describe('linkify', () => {
  const link = (text: string, url = text): { text: string; url: string } => ({ text, url });

  it.each([
    ['No address here: http or sam@acme.example.', ['No address here: http or sam@acme.example.']],
    ['', []],
    ['https://acme.example/menu', [link('https://acme.example/menu')]],
    ['See https://acme.example/menu.', ['See ', link('https://acme.example/menu'), '.']],
    ['(https://acme.example/a_(b)), no?', ['(', link('https://acme.example/a_(b)'), '), no?']],
    ['**https://acme.example/**', ['**', link('https://acme.example/'), '**']],
    ['[menu](https://acme.example/menu)', ['[menu](', link('https://acme.example/menu'), ')']],
    ['“https://acme.example/menu”', ['“', link('https://acme.example/menu'), '”']],
    ['是 https://acme.example/menu。', ['是 ', link('https://acme.example/menu'), '。']],
    ['<https://acme.example/menu>', ['<', link('https://acme.example/menu'), '>']],
    [
      'Call tel:+49301234, or mailto:sam@acme.example!',
      ['Call ', link('tel:+49301234'), ', or ', link('mailto:sam@acme.example'), '!'],
    ],
    ['Hotel:110 and motel:https', ['Hotel:110 and motel:https']],
    ['https://user:word@acme.example stays', ['https://user:word@acme.example stays']],
    ['https://... and tel:.', ['https://... and tel:.']],
  ])('of %j is %j', (text, parts) => {
    expect(linkify(text)).toEqual(parts);
  });

  it('loses and adds no letter, and every link is one that may be followed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'https://',
        'mailto:',
        'tel:',
        '+49',
        'a@b.example',
        'acme.example',
        '/',
        '(',
        ')',
        '.',
        ' ',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const parts = linkify(text);
        expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(text);
        for (const part of parts) expect(typeof part === 'string' || readLink(part.url) === part.url).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'https://',
    'tel:',
    'mailto:a@',
    ')',
    'https://a.example/(((((())))))',
    ' https://a.example/)))))))))))',
    `https://a.example/${')'.repeat(2000)} `,
    '.',
    'h',
    ' ',
  ])('reads a million letters of %j in one go', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const parts = linkify(text);
    expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('') === text).toBe(true);
  });
});
