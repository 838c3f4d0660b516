import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
});
afterAll(() => rmSync(house, { recursive: true }));

/** Lints files of a made-up house under the real rules; gives what the linter printed about imports. */
function lint(files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  const { stdout, error } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['src'], {
    cwd: house,
    encoding: 'utf8',
  });
  rmSync(join(house, 'src'), { recursive: true });
  if (error) throw error;
  return stdout;
}

const importing = (specifier: string): string => `import { a } from '${specifier}';\nexport const b = a;\n`;

describe('the import rules', () => {
  it.each([
    ['src/protocol/x.ts', '../config/color.ts'],
    ['src/protocol/x.ts', 'zod'],
    ['src/dsp/x.ts', '../protocol/media.ts'],
    ['src/call/x.ts', '../dsp/resampler.ts'],
    ['src/widget/x.ts', '../dsp/resampler.ts'],
    ['src/config/x.ts', '../call/call.ts'],
    ['src/audio/x.ts', '../gateway/socket.ts'],
    ['src/audio/x.ts', '../protocol/messages.ts'],
    ['src/audio/x.worklet.ts', './microphone.ts'],
    ['src/audio/x.worklet.ts', '../script.ts'],
    ['src/gateway/x.ts', '../audio/speaker.ts'],
    ['src/gateway/x.worker.ts', './gateway.ts'],
    ['src/call/x.ts', '../widget/widget.ts'],
    ['src/call/x.ts', 'lit'],
    ['src/widget/x.ts', '../audio/speaker.ts'],
    ['src/widget/x.ts', 'zod'],
    ['src/widget/text/x.ts', '../../gateway/socket.ts'],
    ['src/proxy/x.ts', '../platform/platform.ts'],
    ['src/platform/api/x.ts', '../../proxy/proxy.ts'],
    ['src/client.ts', './widget/widget.ts'],
    ['src/index.ts', './audio/speaker.ts'],
    ['src/dashboard/x.ts', '../platform/store/keys.ts'],
    ['src/dashboard/x.ts', '../audio/speaker.ts'],
    ['src/dashboard/x.ts', '../define.ts'],
    ['src/dashboard/x.ts', 'zod'],
    ['src/platform/api/x.ts', '../../dashboard/api.ts'],
    ['src/widget/x.ts', '../dashboard/format.ts'],
    ['src/config/x.ts', '../dashboard/format.ts'],
    ['src/client.ts', './dashboard/api.ts'],
    ['src/define.ts', './dashboard/app.ts'],
  ])('refuse that %s imports %s', (file, specifier) => {
    expect(lint({ [file]: importing(specifier) })).toContain('no-restricted-imports');
  });

  it.each([
    ['src/config/x.ts', '../protocol/rest.ts'],
    ['src/audio/x.ts', '../protocol/media.ts'],
    ['src/audio/x.worklet.ts', './jitter-buffer.ts'],
    ['src/gateway/x.worker.ts', './socket.ts'],
    ['src/audio/x.worklet.ts', '../dsp/resampler.ts'],
    ['src/gateway/x.ts', '../dsp/mu-law.ts'],
    ['src/platform/voice/x.ts', '../../dsp/mu-law.ts'],
    ['src/call/x.ts', '../gateway/gateway.ts'],
    ['src/widget/x.ts', 'lit/decorators.js'],
    ['src/widget/x.ts', '../call/call.ts'],
    ['src/platform/api/x.ts', 'hono'],
    ['src/dashboard/x.ts', 'lit/directives/keyed.js'],
    ['src/dashboard/x.ts', '../widget/widget.ts'],
    ['src/dashboard/x.ts', '../call/call.ts'],
    ['src/dashboard/x.ts', '../config/color.ts'],
    ['src/dashboard/x.ts', '../protocol/rest.ts'],
  ])('let %s import %s', (file, specifier) => {
    expect(lint({ [file]: importing(specifier) })).not.toContain('no-restricted-imports');
  });

  it('refuse a circle', () => {
    const circle = {
      'src/call/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'src/call/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    };
    expect(lint(circle)).toContain('no-cycle');
  });
});
