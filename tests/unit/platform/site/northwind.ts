/** A small site of a caterer, served on loopback for the crawler, or read without a network. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPage, type Page } from '../../../../src/platform/site/page.ts';

const frame = (title: string, main: string): string => `<!doctype html>
<html lang="en"><head><title>${title}: Northwind Catering</title><style>p { color: red }</style></head>
<body>
<nav><a href="/">Home</a> <a href="/menu.html#top">Menu</a> <a href="/contact.html">Contact</a></nav>
<main><h1>${title}</h1>${main}</main>
<aside><indigenius-widget><a href="tel:+15550100">Call us</a></indigenius-widget><p>Ask: “What is vegan?”</p></aside>
<footer><p>18 Harbour Street</p></footer>
</body></html>`;

export const PAGES: Readonly<Record<string, string>> = {
  '/': frame(
    'Home',
    `<p>We cook for offices and weddings. <a href="/menu.html">See the menu</a></p>
     <h2>Ask our assistant</h2><p>Try “When are you open?”, or “How much is a platter?”</p>`,
  ),
  '/menu.html': frame(
    'Menu',
    `<h2>Sunday brunch</h2>
     <p>On Sundays we serve pancakes, shakshuka &amp; a harvest bowl.</p>
     <dl><div><dt>Pancakes</dt><dd>$12</dd><dd>With berries. Vegetarian.</dd></div>
     <div><dt>Harvest bowl</dt><dd>$13</dd><dd>Lentils and kale. Vegan.</dd></div></dl>
     <h2>Dinner buffet</h2><p>The dinner buffet costs $38 a person, for 20 guests or more.</p>`,
  ),
  '/contact.html': frame(
    'Contact',
    `<h2>Opening hours</h2>
     <table><tr><th>Day</th><th>Hours</th></tr>
     <tr><th>Monday</th><td>closed</td></tr>
     <tr><th>Tuesday to Saturday</th><td>8:00 to 18:00</td></tr>
     <tr><th>Sunday</th><td>9:00 to 14:00</td></tr></table>
     <h2>Can you cater for 50 people?</h2><p>Yes. We cater for 10 to 250 guests.</p>
     <h2>Delivery</h2><p>Delivery is free within 10 kilometres.<br>Beyond that it costs $35.</p>
     <h2>Address</h2><p>Our address is 18 Harbour Street.</p>`,
  ),
};

export const northwind = (): Page[] =>
  Object.entries(PAGES).map(([path, html]) => readPage(html, `http://northwind.example${path}`).page!);

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Undefined: never answers. */
  readonly body?: string;
}

export interface Served extends AsyncDisposable {
  readonly origin: string;
  /** The paths asked for, in order. */
  readonly asked: readonly string[];
  /** Most requests that were open at the same time. */
  readonly mostAtOnce: number;
}

/** Serves what `answer` gives for a path; HTML unless its headers say otherwise. */
export async function serveSite(answer: (path: string) => Answer | undefined): Promise<Served> {
  const asked: string[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    asked.push(request.url!);
    mostAtOnce = Math.max(mostAtOnce, ++open);
    response.on('close', () => open--);
    const { status = 200, headers = {}, body } = answer(request.url!) ?? { status: 404, body: 'Not found' };
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
    if (body === undefined) response.flushHeaders();
    else setImmediate(() => response.end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
