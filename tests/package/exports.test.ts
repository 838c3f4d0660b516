/** What somebody gets who installs the package: every export can be imported in Node, and works from the bundle. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
};
let app: string;

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'app-'));
  mkdirSync(join(app, 'node_modules'));
  symlinkSync(root, join(app, 'node_modules/indigenius-widget'));
});
afterAll(() => rmSync(app, { recursive: true }));

/** Runs a module in an app that has the package installed; gives what it printed. */
function run(source: string): string {
  writeFileSync(join(app, 'app.mjs'), source);
  return execFileSync(process.execPath, ['app.mjs'], { cwd: app, encoding: 'utf8' });
}

describe('the package', () => {
  it.each(Object.entries(exports))('has the files that %s names', (_name, target) => {
    const files = typeof target === 'string' ? [target] : [target.types, target.default];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each(['', '/define', '/client', '/proxy', '/proxy/node', '/platform'])(
    'can be imported as indigenius-widget%s where there is no browser',
    (path) => {
      expect(run(`await import('indigenius-widget${path}'); console.log('imported');`)).toBe('imported\n');
    },
  );

  it('speaks and remembers from the bundle: its worker and its migrations lie beside it', () => {
    const source = `
      import { createLocalVoice, openStore } from 'indigenius-widget/platform';
      const voice = await createLocalVoice();
      let samples = 0;
      const options = { voice: null, signal: new AbortController().signal };
      for await (const chunk of voice.mouth.say('Hello there.', options)) samples += chunk.length;
      await voice.close();
      const store = await openStore({ folder: null });
      await store.ping();
      await store.close();
      console.log(samples > 4000);
    `;
    expect(run(source)).toBe('true\n');
  });

  it('shows its dashboard from the bundle', () => {
    const source = `
      import { createPlatform, openStore } from 'indigenius-widget/platform';
      const store = await openStore({ folder: null });
      const platform = createPlatform({ store, logger: { info() {}, error() {} } });
      const page = await (await platform.app.request('/')).text();
      const scripts = [...page.matchAll(/src="([^"]+)"/g)].map(([, path]) => path);
      const { status, headers } = await platform.app.request(scripts[0]);
      await platform.close();
      console.log(scripts.join(), status, headers.get('Content-Type'));
    `;
    expect(run(source)).toBe('/dashboard/main.js 200 text/javascript; charset=utf-8\n');
  });
});
