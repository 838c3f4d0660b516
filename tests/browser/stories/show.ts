/** Shows a story to a test: in a time that only the test moves, and after everything has arrived. */

/// <reference types="vite/types/importMeta.d.ts" />

import { vi } from 'vitest';
import { page } from 'vitest/browser';
import type { FullStory } from '../../../demo/stories/index.ts';
import { PLAIN, stageOf, type Viewing } from '../../../demo/stories/stage.ts';
import type { StoryWidget } from '../../../demo/stories/story-widget.ts';

export interface Shown {
  readonly stage: HTMLElement;
  readonly widget: StoryWidget;
  /** Null where there is only a launcher. */
  readonly card: HTMLElement | null;
}

/** Room for every card in the flow. */
const VIEWPORT = { widthPx: 640, heightPx: 800 };

/** What the widget fetches when it needs it. Once here, it comes within a few turns of the event loop. */
const lazy = import.meta.glob('../../../src/{widget,call,config}/**/*.ts');

/** Draws the story alone on the page, `waitedMs` after the last that happened in it. */
export async function show(story: FullStory, viewing: Partial<Viewing> = {}): Promise<Shown> {
  hide();
  await Promise.all(Object.values(lazy).map((load) => load()));
  vi.useFakeTimers({
    toFake: [
      'performance',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'requestAnimationFrame',
      'cancelAnimationFrame',
    ],
  });
  const { widthPx, heightPx } = story.args.room ?? VIEWPORT;
  if (innerWidth !== widthPx || innerHeight !== heightPx) await page.viewport(widthPx, heightPx);
  const { stage, widget } = stageOf(story, { ...PLAIN, ...viewing });
  document.body.append(stage);
  await told(widget);
  vi.advanceTimersByTime(story.args.waitedMs);
  await settled(widget);
  await story.play({ canvasElement: widget });
  await settled(widget);
  // What opens takes its time by another clock.
  for (const animation of widget.shadowRoot!.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
    else animation.finish();
  }
  return { stage, widget, card: widget.shadowRoot!.querySelector<HTMLElement>('[part~=card]') };
}

/** Ends the story, and gives time back to the page. */
export function hide(): void {
  document.body.replaceChildren();
  vi.useRealTimers();
}

async function settled(widget: StoryWidget): Promise<void> {
  for (let round = 0; round < 15; round += 1) {
    await turn();
    await widget.updateComplete;
  }
}

/** Everything has happened that the story tells of; what that fetches has come. */
async function told(widget: StoryWidget): Promise<void> {
  while ((await Promise.race([widget.told.then(() => 'told'), turn()])) !== 'told');
  await settled(widget);
}

/** A turn of the event loop, by a way that no timer can stop. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
