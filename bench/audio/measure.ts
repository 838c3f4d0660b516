/** One player, one trace, one main thread: a page of its own, and the figures that come of it. */

import type { Browser, BrowserContext } from 'playwright';
import { launchChromium } from '../../tests/e2e/visit.ts';
import { analysePlayback, cutAt, flushMs, latestBlockMs, type Recording } from './analysis.ts';
import type { Figures, Jank } from './figures.ts';
import type { PlayerOptions } from './page/rig.ts';
import type { Player } from './players.ts';
import { median } from './report.ts';
import { type BenchServer, epochMs, type Tape, until, Visit } from './server.ts';
import type { Trace } from './traces.ts';
import { analyseUplink, percentile } from './uplink.ts';

export interface Condition {
  readonly trace: Trace;
  readonly jank: Jank | null;
  /** Whether 12 s are queued in the end, and dropped. */
  readonly flush: boolean;
}

/** No sound for this long: the player is done. */
const DONE_MS = 150;
const DONE_WITHIN_MS = 1_500;
const SILENT_MS = 100;
const SILENT_WITHIN_MS = 2_500;
/** Of what is queued, before it is dropped. */
const HEARD_MS = 450;

export function launch(): Promise<Browser> {
  return launchChromium(['--autoplay-policy=no-user-gesture-required']);
}

const wait = (ms: number): Promise<void> => until(epochMs() + ms);

/** A visitor's browser, which remembers from one round to the next what a player keeps in it. */
export function openVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ permissions: ['microphone'] });
}

export async function measure(
  visitor: BrowserContext,
  server: BenchServer,
  host: string,
  player: Player,
  { trace, jank, flush }: Condition,
  { worklet }: Pick<PlayerOptions, 'worklet'>,
): Promise<{ figures: Figures; played: Recording }> {
  const page = await visitor.newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const visit = new Visit(player);
    server.visit = visit;
    await page.goto(`http://${host}/${player.name}`);
    const clock = await page.evaluate((url) => globalThis.bench.clock(url), `ws://${host}/clock`);
    visit.clockOffsetMs = clock.date;
    await page.evaluate(([url, options]) => globalThis.bench.open(url, options), [
      `ws://${host}/line?player=${player.name}`,
      { rate: player.rate, worklet },
    ] as const);
    // What opening a call costs is another figure.
    await wait(150);
    const quiet = async (forMs: number, withinMs: number): Promise<void> => {
      const deadline = epochMs() + withinMs;
      while (epochMs() < deadline) {
        if ((await page.evaluate(() => globalThis.bench.quietMs())) >= forMs) return;
        await wait(20);
      }
    };
    if (jank) {
      await page.evaluate(([busy, every]) => globalThis.bench.jank(busy, every), [jank.busyMs, jank.everyMs] as const);
    }
    const began = epochMs();
    const sent = await visit.replay(trace);
    // A busy main thread makes a silence that is not the end.
    const busyMs = jank?.busyMs ?? 0;
    await quiet(DONE_MS + busyMs, DONE_WITHIN_MS);
    const ended = epochMs();
    let commandMs: number | null = null;
    if (flush) {
      visit.queue(trace);
      await wait(HEARD_MS);
      // A page is interrupted when it is busy, too: that is what this condition is about.
      if (jank) await until((await page.evaluate(() => globalThis.bench.nextBusyMs())) + clock.page + jank.busyMs / 4);
      commandMs = visit.flush(trace);
      await wait(SILENT_MS);
      await quiet(SILENT_MS + busyMs, SILENT_WITHIN_MS);
    }
    await page.evaluate((url) => globalThis.bench.send(url), `http://${host}/tape?`);
    if (errors.length > 0) throw new Error(`${player.title}'s page: ${errors.join('; ')}`);
    return figuresOf(visit, sent, { began, ended, commandMs });
  } finally {
    server.visit = null;
    await page.close();
  }
}

function figuresOf(
  visit: Visit,
  sent: Awaited<ReturnType<Visit['replay']>>,
  { began, ended, commandMs }: { began: number; ended: number; commandMs: number | null },
): { figures: Figures; played: Recording } {
  const loudness = ({ samples }: Tape): number => samples.reduce((sum, sample) => sum + sample * sample, 0);
  // A player may have more than one way out, of which one is for its silent capture.
  const played = visit.tapes.filter(({ kind }) => kind === 'played').toSorted((a, b) => loudness(b) - loudness(a))[0];
  if (!played) throw new Error(`${visit.player.title} opened no way out`);
  const [turns, queued] = cutAt(played, ended);
  const playback = analysePlayback(turns, sent);
  const heard = visit.tapes.find(({ kind }) => kind === 'heard');
  const { upRate } = visit.player;
  const rate = upRate === 'device' ? heard?.rate : upRate;
  const uplink = heard && rate ? analyseUplink(heard, visit.uplink, rate, began, ended - 300) : null;
  const share = (part: number): number | null => (uplink ? percentile(uplink.oneWayMs, part) : null);
  const figures: Figures = {
    startMs: median(playback.startsMs),
    gaps: playback.gaps,
    silenceMs: playback.silenceMs,
    lostMs: playback.lostMs,
    repeatedMs: playback.repeatedMs,
    edges: playback.edges + (commandMs === null ? 0 : analysePlayback(queued, []).edges),
    lateMs: median(playback.lateMs),
    flushMs: commandMs === null ? null : flushMs(queued, commandMs),
    upP50Ms: share(0.5),
    upP95Ms: share(0.95),
    upP99Ms: share(0.99),
    upMaxMs: share(1),
    upLostMs: uplink?.lostMs ?? null,
    upFrameMs: uplink?.frameMs ?? null,
    disturbedMs: Math.max(visit.latestMs, latestBlockMs(turns)),
    speechMs: sent.reduce((sum, { fromS, toS }) => sum + (toS - fromS) * 1000, 0),
  };
  return { figures, played };
}
