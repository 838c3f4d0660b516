/** Firefox as it is, over WebDriver BiDi: headless, with its fake microphone, and a sound server that plays to nobody. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bidi } from './bidi.ts';
import { type BrowserWindow, type Engine, WINDOW_PX } from './engine.ts';
import { findProgram, Programs, waitFor } from './programs.ts';

const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // Who dials an address in vain, again and again, would wait longer each time.
  'network.websocket.delay-failed-reconnects': false,
};

const find = (): string | undefined => process.env['FIREFOX_PATH'] ?? findProgram('firefox-esr', 'firefox');

export const FIREFOX: Engine = {
  name: 'firefox',
  missing: () => [...(find() ? [] : ['firefox-esr']), ...(findProgram('pulseaudio') ? [] : ['pulseaudio'])],
  async launch(): Promise<BrowserWindow> {
    const programs = new Programs();
    try {
      const bidi = await Bidi.connect(`${await start(programs)}/session`);
      await bidi.send('session.new', { capabilities: {} });
      // A new tab has the focus; in the first one the address bar has it.
      const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' });
      return {
        async open(url) {
          await bidi.send('browsingContext.navigate', { context, url, wait: 'interactive' });
        },
        async act(source) {
          await bidi.send('input.performActions', { context, actions: [source] });
        },
        ping: () => bidi.send('script.evaluate', { expression: '0', target: { context }, awaitPromise: false }),
        close: () => programs.end(),
      };
    } catch (error) {
      await programs.end();
      throw error;
    }
  },
};

/** The address of its BiDi server. */
async function start(programs: Programs): Promise<string> {
  const sound = join(programs.folder, 'sound');
  // Without a sound server `AudioContext.resume()` never settles.
  programs.start(
    findProgram('pulseaudio')!,
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      // Without this it takes sound in steps of two seconds.
      '--load=module-null-sink norewinds=true',
      `--load=module-native-protocol-unix socket=${sound} auth-anonymous=1`,
    ],
    {},
    'ignore',
  );
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});`);
  writeFileSync(join(programs.folder, 'user.js'), lines.join('\n'));
  await waitFor('the sound server', () => existsSync(sound) || undefined);
  const { width, height } = WINDOW_PX;
  const size = [`--width=${width}`, `--height=${height}`];
  const args = ['--headless', ...size, '--no-remote', '--profile', programs.folder, '--remote-debugging-port=0'];
  const firefox = programs.start(find()!, [...args, 'about:blank'], { PULSE_SERVER: `unix:${sound}` });
  return programs.read(firefox, /WebDriver BiDi listening on (ws:\S+)/);
}
