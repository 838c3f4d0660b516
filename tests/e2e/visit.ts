/** A visitor in a real Chromium: a page of the sample site, a microphone that says what a test wants, and a recorder. */

import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright';
import type { Sample } from '../../demo/sample.ts';
import type { Mouth } from '../../src/platform/voice/engines.ts';
import type { IndigeniusWidget } from '../../src/widget/widget.ts';
import { findChromium } from '../chromium.ts';
import type { Wav } from '../wav.ts';
import { installSoundBench } from './sound-bench.ts';

export interface SeenEvent {
  readonly type: string;
  /** When the page heard of it, by its `performance.now()`: what a test learns later by waiting is no measure. */
  readonly atMs: number;
  readonly detail: {
    readonly id?: string;
    readonly role?: string;
    readonly text?: string;
    readonly final?: boolean;
    readonly reason?: string;
    readonly state?: string;
    readonly stage?: string;
    readonly callId?: string | null;
    readonly durationMs?: number;
    readonly errorReason?: string;
  };
}

/**
 * The card's words while it is the visitor's turn. On a machine that is too busy to play what comes, or to send what is
 * said, they are those for a weak line: it is one, to the call.
 */
export const LISTENING = /^(listening|weak connection)/i;

declare global {
  var seenEvents: SeenEvent[];
}

export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // What is recorded must not be silence.
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      // A page whose headers a test has changed counts as a stranger's, and may not call this machine.
      '--disable-features=LocalNetworkAccessChecks',
      ...more,
    ],
  });
}

/** Keeps every event that the widget fires, with its error's reason. */
function installEventLog(): void {
  globalThis.seenEvents = [];
  const names = ['call-start', 'call-progress', 'call-connect', 'call-end', 'transcript', 'state', 'error'];
  for (const name of names) {
    addEventListener(`indigenius-${name}`, (event) => {
      const { error, ...detail } = (event as CustomEvent<Record<string, unknown>>).detail;
      const errorReason = (error as { reason?: string } | undefined)?.reason;
      globalThis.seenEvents.push({
        type: event.type.slice('indigenius-'.length),
        atMs: performance.now(),
        detail: { ...detail, ...(errorReason !== undefined && { errorReason }) },
      });
    });
  }
}

export class Visit {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /** @param prepare routes and scripts, before the page is loaded */
  static async open(
    browser: Browser,
    url: string,
    { permission = true, prepare }: { permission?: boolean; prepare?: (page: Page) => Promise<unknown> } = {},
  ): Promise<Visit> {
    const context = await browser.newContext({ permissions: permission ? ['microphone'] : [] });
    const page = await context.newPage();
    await page.addInitScript(installSoundBench);
    await page.addInitScript(installEventLog);
    await prepare?.(page);
    await page.goto(url);
    return new Visit(context, page);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  button(name: RegExp | string): ReturnType<Page['getByRole']> {
    return this.page.locator('indigenius-widget').getByRole('button', { name });
  }

  async start(): Promise<void> {
    await this.button(/start|again/i)
      .first()
      .click();
  }

  async end(): Promise<void> {
    await this.button(/^end/i).click();
  }

  events(): Promise<SeenEvent[]> {
    return this.page.evaluate(() => globalThis.seenEvents);
  }

  /** Waits for an event of this type whose detail has these values, beyond the first `after` events. */
  async waitFor(
    type: string,
    detail: SeenEvent['detail'] = {},
    { after = 0, timeoutMs = 30_000 } = {},
  ): Promise<SeenEvent> {
    const waiting = this.page.waitForFunction(
      ([wanted, values, skip]) =>
        globalThis.seenEvents
          .slice(skip)
          .find(
            (event) =>
              event.type === wanted &&
              Object.entries(values).every(([key, value]) => event.detail[key as keyof typeof values] === value),
          ) ?? null,
      [type, detail, after] as const,
      { timeout: timeoutMs },
    );
    const handle = await waiting.catch(async (cause: unknown) => {
      const seen = (await this.events()).slice(after).map((event) => JSON.stringify(event));
      throw new Error(`no ${type} ${JSON.stringify(detail)} after:\n${seen.join('\n')}`, { cause });
    });
    return (await handle.jsonValue()) as SeenEvent;
  }

  /** Waits until the card's words match. */
  async waitForWords(words: RegExp, timeoutMs = 30_000): Promise<void> {
    await this.page.locator('indigenius-widget').getByText(words).first().waitFor({ timeout: timeoutMs });
  }

  /** Says a recording into the microphone, and waits until it is said. Gives the epoch ms of its beginning. */
  say(wav: Wav): Promise<number> {
    return this.page.evaluate(([pcm, rate]) => globalThis.soundBench.say(pcm, rate), [
      base64(wav.samples),
      wav.sampleRate,
    ] as const);
  }

  sayOnOpen(wav: Wav): Promise<void> {
    return this.page.evaluate(([pcm, rate]) => globalThis.soundBench.sayOnOpen(pcm, rate), [
      base64(wav.samples),
      wav.sampleRate,
    ] as const);
  }

  /** Everything that was sent to the speakers so far, at 16 kHz, and the epoch ms of its first sample. */
  async recording(): Promise<{ samples: Int16Array; startedAt: number }> {
    const { pcm, startedAt } = await this.page.evaluate(() => globalThis.soundBench.recording());
    const bytes = Buffer.from(pcm, 'base64');
    return {
      samples: new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
      startedAt,
    };
  }

  /** Waits until the page holds no live track and no open context: the last block of sound takes its few ms. */
  async released(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { tracks, contexts } = globalThis.soundBench.held();
      return tracks === 0 && contexts === 0;
    });
  }

  /** Waits until the call has sent what its microphone gives: it may be live before there is one. */
  async heard(): Promise<void> {
    await this.page.waitForFunction(async () => {
      const stats = await document.querySelector<IndigeniusWidget>('indigenius-widget')?.getStats();
      return stats && stats.framesSent > 0;
    });
  }

  /** The idle worker that a hovering mouse has made ready goes when the page is left: says that it is. */
  dropWarmLine(): Promise<unknown> {
    return this.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  }

  cdp(): Promise<CDPSession> {
    return this.context.newCDPSession(this.page);
  }
}

function base64(samples: Int16Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}

/** All that the assistant greets visitors with: who interrupts it may not wait until it has come. */
export async function greetingOf({ platform, apiKey, assistantId }: Sample): Promise<string> {
  const response = await fetch(new URL(`/v1/assistants/${assistantId}`, platform), {
    headers: { 'X-API-Key': apiKey! },
  });
  const { data } = (await response.json()) as { data: { first_message: string } };
  return data.first_message;
}

/** Puts silence around a recording: an end of speech is told by what follows it. */
export function padded({ samples, sampleRate }: Wav, beforeS: number, afterS: number): Wav {
  const before = Math.round(beforeS * sampleRate);
  const result = new Int16Array(before + samples.length + Math.round(afterS * sampleRate));
  result.set(samples, before);
  return { samples: result, sampleRate };
}

/** Silence around what `spoken` gives, before and after, in seconds. */
export const SPOKEN_PADDING_S = 0.2;

/** A sentence as the local voice says it: a visitor's stand-in. */
export async function spoken(mouth: Mouth, sentence: string): Promise<Wav> {
  const chunks: number[] = [];
  for await (const chunk of mouth.say(sentence, { voice: 'male', signal: new AbortController().signal })) {
    chunks.push(...chunk);
  }
  return padded({ samples: Int16Array.from(chunks), sampleRate: mouth.sampleRate }, SPOKEN_PADDING_S, SPOKEN_PADDING_S);
}
