/** Every example of the published pages works here as it works there: only the host, the key and the ids are ours. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePlatform, type Serving } from '../../../src/platform/platform.ts';
import { findPython } from '../../python.ts';
import { addAssistant, addWidget, openPlatform } from '../platform/api/api.ts';
import { DocumentedApi } from '../platform/api/documented.ts';
import { type Language, readPage, type Section } from './page.ts';
import { run } from './run.ts';
import { differences } from './shape.ts';

const folder = process.env['REFERENCE_PAGES'] ?? join(import.meta.dirname, '../../../../shared/reference');
const isThere = existsSync(folder);
const where = isThere ? '' : ` (left out: there is no ${folder})`;

function pageOf(name: string): readonly Section[] {
  return isThere ? readPage(readFileSync(join(folder, `indigenius-${name}.txt`), 'utf8')) : [];
}

const PAGES = { assistants: pageOf('assistants'), widgets: pageOf('widgets'), calls: pageOf('calls') };

const python = findPython('requests');

function count(sections: readonly Section[], language: Language): number {
  return sections.flatMap(({ examples }) => examples).filter((example) => example.language === language).length;
}

describe.skipIf(!isThere)(`the reference pages${where}`, () => {
  it.each([
    ['assistants', { sections: 4, curl: 4, node: 4, python: 4, answers: 4 }],
    ['widgets', { sections: 3, curl: 3, node: 3, python: 3, answers: 1 }],
    ['calls', { sections: 4, curl: 4, node: 4, python: 4, answers: 2 }],
  ] as const)('%s are read in full', (page, expected) => {
    const sections = PAGES[page].filter(({ examples }) => examples.length > 0);
    expect({
      sections: sections.length,
      curl: count(sections, 'curl'),
      node: count(sections, 'node'),
      python: count(sections, 'python'),
      answers: sections.filter(({ answer }) => answer !== null).length,
    }).toEqual(expected);
  });

  describe('replayed', () => {
    let opened: Awaited<ReturnType<typeof openPlatform>>;
    let serving: Serving;
    /** What the page's ids stand for, where it has one for all kinds of things. */
    let ids: Readonly<Record<'assistant' | 'widget' | 'call' | 'purchase', string>>;
    let key: string;
    let origin: string;

    beforeAll(async () => {
      opened = await openPlatform();
      const { store, platform } = opened;
      serving = await servePlatform({ platform, gateway: { handle() {}, async drain() {} }, port: 0 });
      origin = serving.url;
      const acme = await opened.caller('Acme Inc');
      key = acme.key;
      const assistant = await addAssistant(acme);
      const widget = await addWidget(acme, { assistantId: assistant });
      const { body } = await acme.call('POST', '/v1/widgets/create-call', { widget_id: widget });
      const call = String(body['call_id']);
      const number = { assistantId: assistant, phoneNumber: '+14155550100', provider: 'twilio' } as const;
      const purchase = await store.phonePurchases.create(acme.organisationId, number);
      ids = { assistant, widget, call, purchase: purchase!.id };
      await platform.desk.wentLive(call);
      await platform.desk.said(call, { id: 'a1', role: 'assistant', text: 'Hello', atMs: 0 });
      await platform.desk.said(call, { id: 'u1', role: 'user', text: 'Do you deliver?', atMs: 900 });
      await platform.desk.ended(call, { reason: 'visitor', durationMs: 4_321 });
    });
    afterAll(() => serving?.close());

    /** The example as its reader fills it in. */
    function filledIn(code: string, endpoint: string): string {
      const meant = endpoint.includes('/phone/')
        ? ids.purchase
        : endpoint.includes('/v1/calls')
          ? ids.call
          : endpoint.includes('/v1/widgets')
            ? ids.widget
            : ids.assistant;
      return code
        .replaceAll('https://api.indigenius.ai', origin)
        .replaceAll('YOUR_API_KEY', key)
        .replaceAll(/assistantId(["']?): (["'])[0-9a-f]{24}/g, `assistantId$1: $2${ids.assistant}`)
        .replaceAll(/(["'/])[0-9a-f]{24}(?=["'/])/g, (quoted, before: string) =>
          quoted.endsWith(ids.assistant) ? quoted : `${before}${meant}`,
        )
        .replaceAll('WIDGET_ID', meant);
    }

    const examples = Object.values(PAGES)
      .flat()
      .flatMap((section) =>
        section.examples.map((example) => ({ ...section, ...example, what: section.endpoints[0]! })),
      )
      .map((example) => [example.what, example.language, example] as const);

    it.for(examples)('%s by %s', async ([what, language, { code, success, answer }], context) => {
      const lacksPython = language === 'python' && python === null;
      context.skip(lacksPython, "no python3 here has requests (Debian's python3-requests)");
      const env = { ...process.env, INDIGENIUS_API_KEY: key, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
      const { status, body } = await run(language, filledIn(code, what), env, python!);
      expect({ status, said: body['status'] }, `${body['message']}`).toEqual({ status: success, said: true });
      expect(body['message']).toBe(answer?.['message'] ?? body['message']);
      expect(answer === null ? [] : differences(answer, body)).toEqual([]);
      // Where the page shows an answer, that is all of it, but for where a list goes on.
      const shown = Object.keys(answer ?? body);
      expect(Object.keys(body).filter((field) => !shown.includes(field) && field !== 'next_cursor')).toEqual([]);
    });

    it('are the examples of the description, too', async () => {
      const api = await DocumentedApi.of(opened.platform.app);
      let compared = 0;
      for (const { endpoints, success, answer } of Object.values(PAGES).flat()) {
        if (answer === null) continue;
        const [method, path] = endpoints[0]!.split(' ') as [string, string];
        const content = api.operationFor(method, path)?.responses[success]?.content;
        expect(content?.['application/json']?.example, `${method} ${path}`).toMatchObject(answer);
        compared++;
      }
      expect(compared).toBe(7);
    });
  });
});

describe('a page', () => {
  const text = [
    'Things',
    '',
    'POST /v1/things',
    'curl -X POST "https://api.indigenius.ai/v1/things" \\',
    "  -d '{",
    '    "a": 1',
    "  }'",
    "const response = await fetch('https://api.indigenius.ai/v1/things', {",
    '});',
    'console.log(await response.json());',
    '200 OK',
    '{',
    '  "status": true',
    '}',
    'GET /v1/things/{id}, GET /v1/things/{id}/parts',
    '  • 404 not found',
  ].join('\n');

  it('is taken apart into its endpoints and their blocks', () => {
    const [things, thing] = readPage(text);
    expect(things).toMatchObject({ endpoints: ['POST /v1/things'], success: 200, answer: { status: true } });
    expect(things!.examples.map(({ language, code }) => [language, code.split('\n').length])).toEqual([
      ['curl', 4],
      ['node', 3],
    ]);
    expect(thing).toMatchObject({ endpoints: ['GET /v1/things/{id}', 'GET /v1/things/{id}/parts'], examples: [] });
  });

  it('that shows half a program is no page', () => {
    expect(() => readPage(text.replace("  }'", '  }'))).toThrow('has no end');
  });
});

describe('an answer', () => {
  const shown = { id: '0'.repeat(24), rows: [{ n: 1 }], url: 'wss://a.example/path?x=1' };

  it.each([
    [{ ...shown, url: 'ws://127.0.0.1:80/path?x=2', more: 1 }, []],
    [{ ...shown, id: 'x' }, ['answer.id is x, which is not like 000000000000000000000000']],
    [{ ...shown, rows: [] }, ['answer.rows is empty']],
    [{ ...shown, rows: [{ n: 1 }, { n: '1' }] }, ['answer.rows[1].n is string, not number']],
    [{ ...shown, rows: [{}] }, ['answer.rows[0].n is missing']],
    [{ ...shown, url: 'wss://a.example/path' }, [expect.stringContaining('is not like')]],
  ])('%j differs from the one shown as it should', (given, expected) => {
    expect(differences(shown, given)).toEqual(expected);
  });
});
