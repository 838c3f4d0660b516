import { afterEach, describe, expect, it } from 'vitest';
import { preconnect } from '../../../src/call/preconnect.ts';

const links = () => [...document.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')];
afterEach(() => links().forEach((link) => link.remove()));

describe('preconnect', () => {
  it('asks for a connection without cookies, to a socket’s server as to any other, once', () => {
    for (const address of ['wss://gateway.example/v1', 'https://gateway.example', 'ws://plain.example:81/']) {
      preconnect(address);
    }
    expect(links().map((link) => link.getAttribute('href'))).toEqual([
      'https://gateway.example',
      'http://plain.example:81',
    ]);
    expect(links().map((link) => link.crossOrigin)).toEqual(['anonymous', 'anonymous']);
  });

  it.each(['/indigenius', location.href, location.origin.replace('http', 'ws'), 'data:text/plain,x', 'http://[', ''])(
    'asks for none to %s',
    (address) => {
      preconnect(address);
      expect(links()).toEqual([]);
    },
  );
});
