/**
 * `npm run bench`: how fast a call is on this machine, from the built site in a real Chromium, and then how fast the
 * platform answers. Machines differ and are noisy: each figure stands beside one of the same run that it can't beat, and
 * their ratio is what to compare.
 */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, CDPSession } from 'playwright';
import { WebSocket } from 'ws';
import { type Sample, startSample } from '../demo/sample.ts';
import { createLocalVoice } from '../src/platform/voice/local.ts';
import type { CreateCallResponse } from '../src/protocol/rest.ts';
import { launchChromium, spoken, SPOKEN_PADDING_S, Visit } from '../tests/e2e/visit.ts';
import { benchPlatform } from './platform.ts';

const ROUNDS = 7;
const CPU_SECONDS = 10;
/** What the ears wait after the last word before a turn is over: no answer can come sooner. */
const END_OF_TURN_MS = 500;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** The floor of click to live: create-call through the proxy, a bare socket, `start`, `ready`. */
async function bareCall(sample: Sample): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${sample.proxy}/create-call`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(sample.site).origin },
    body: JSON.stringify({ widget_id: sample.widgetId }),
  });
  const call = (await response.json()) as CreateCallResponse;
  const socket = new WebSocket(call.gateway.url);
  const format = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
  socket.on('open', () =>
    socket.send(
      JSON.stringify({
        type: 'start',
        version: 1,
        call_id: call.call_id,
        assistant_id: call.assistant_id,
        mode: 'voice',
        audio: { up: [format], down: [format] },
      }),
    ),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve());
    socket.once('close', (code, reason) => reject(new Error(`${code} ${reason.toString()}`)));
  });
  const took = performance.now() - began;
  socket.removeAllListeners('close');
  socket.close();
  return took;
}

async function clickToLive(browser: Browser, sample: Sample): Promise<number> {
  const visit = await Visit.open(browser, sample.site);
  // A visitor's pointer is over the button before it presses.
  await visit.button(/start/i).hover();
  await visit.page.waitForLoadState('networkidle');
  await visit.page.evaluate(() => {
    const widget = document.querySelector('indigenius-widget')!;
    widget.addEventListener('click', () => performance.mark('click'), { capture: true, once: true });
    widget.addEventListener('indigenius-call-connect', () => performance.mark('live'), { once: true });
  });
  await visit.start();
  await visit.waitFor('call-connect');
  const took = await visit.page.evaluate(() => performance.measure('start', 'click', 'live').duration);
  await visit.close();
  return took;
}

/** From the last sample of a question to the first of its answer, as it leaves the page's sound graph. */
async function speechToAnswer(
  browser: Browser,
  sample: Sample,
  question: Awaited<ReturnType<typeof spoken>>,
): Promise<number> {
  const visit = await Visit.open(browser, sample.site);
  await visit.start();
  await visit.waitFor('call-connect');
  await visit.waitForWords(/^listening/i);
  const before = (await visit.events()).length;
  await visit.say(question);
  const saidAt = Date.now() - SPOKEN_PADDING_S * 1000;
  await visit.waitFor('transcript', { role: 'assistant' }, { after: before });
  await visit.waitForWords(/^speaking/i);
  const { samples, startedAt } = await visit.recording();
  const from = Math.max(0, Math.round((saidAt - startedAt) * 16));
  const first = samples.findIndex((sample, index) => index > from && Math.abs(sample) > 100);
  await visit.close();
  return startedAt + first / 16 - saidAt;
}

/** CPU seconds so far of the page's renderer and of the browser's audio process. */
async function browserCpu(cdp: CDPSession): Promise<number> {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer' || type.includes('audio') || type === 'utility')
    .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

async function cpuShares(browser: Browser, sample: Sample): Promise<{ page: number; idle: number; platform: number }> {
  const cdp = await browser.newBrowserCDPSession();
  const visit = await Visit.open(browser, sample.site);
  const over = async (): Promise<{ page: number; here: number }> => {
    // What a page costs while it loads is another figure.
    await visit.page.waitForLoadState('networkidle');
    const page = await browserCpu(cdp);
    const here = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, CPU_SECONDS * 1000));
    const spent = process.cpuUsage(here);
    return {
      page: ((await browserCpu(cdp)) - page) / CPU_SECONDS,
      here: (spent.user + spent.system) / 1e6 / CPU_SECONDS,
    };
  };
  const idle = await over();
  await visit.start();
  await visit.waitFor('call-connect');
  const call = await over();
  await visit.close();
  return { page: call.page, idle: idle.page, platform: call.here };
}

async function main(): Promise<void> {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
  const [sample, browser, voice] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 10_000 }),
    launchChromium(),
    createLocalVoice(),
  ]);
  try {
    const question = await spoken(voice.mouth, 'What are your opening hours?');
    await voice.close();
    const bare: number[] = [];
    const live: number[] = [];
    const answer: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      // Side by side, and the first round, which warms both up, is thrown away.
      const times = [await bareCall(sample), await clickToLive(browser, sample)] as const;
      if (round > 0) {
        bare.push(times[0]);
        live.push(times[1]);
      }
    }
    for (let round = 0; round < 3; round += 1) answer.push(await speechToAnswer(browser, sample, question));
    const cpu = await cpuShares(browser, sample);

    console.table({
      'click to live': {
        here: ms(median(live)),
        floor: ms(median(bare)),
        'floor is': 'create-call and a bare socket, no browser',
        ratio: (median(live) / median(bare)).toFixed(1),
      },
      'end of speech to first audio': {
        here: ms(median(answer)),
        floor: ms(END_OF_TURN_MS),
        'floor is': 'the wait for the end of a turn',
        ratio: (median(answer) / END_OF_TURN_MS).toFixed(1),
      },
      'share of a core, page in a call': {
        here: percent(cpu.page),
        floor: percent(cpu.idle),
        'floor is': 'the same page, nobody calling',
        ratio: '',
      },
      'share of a core, platform in a call': { here: percent(cpu.platform), floor: '', 'floor is': '', ratio: '' },
    });
  } finally {
    await Promise.all([sample.close(), browser.close()]);
  }
  await benchPlatform();
}

await main();
