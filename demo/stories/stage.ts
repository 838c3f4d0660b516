/** Puts a story on a stage: a piece of page with a widget on it, as the viewer wants it. */

import { css } from 'lit';
import type { FullStory } from './index.ts';
import type { StoryArgs } from './story.ts';
import { StoryWidget } from './story-widget.ts';

export interface Viewing {
  readonly themeMode: 'light' | 'dark' | 'auto';
  readonly direction: 'ltr' | 'rtl';
  /** BCP 47. */
  readonly language: string;
  readonly widthPx: number;
  /** Null: the story's own. */
  readonly displayMode: string | null;
}

export const PLAIN: Viewing = { themeMode: 'light', direction: 'ltr', language: 'en', widthPx: 360, displayMode: null };

/** For a story of the card in the flow that somebody wants to see floating, or filling a window. */
const WINDOW = { widthPx: 560, heightPx: 680 };

/** A piece of an owner's page: its ground, its typeface (named, since pictures depend on it), and no more. */
const styles = css`
  .stage {
    box-sizing: content-box;
    padding: 16px;
    background: #f4f4f2;
    color: #1d2733;
    font:
      16px/1.5 'Liberation Sans',
      'Lohit Devanagari',
      'DejaVu Sans',
      'Droid Sans Fallback',
      sans-serif;
  }

  /* Room for the card before it is there, as an owner would keep it. */
  .stage:not(.window) > story-widget {
    min-block-size: 480px;
  }

  .stage.window {
    position: fixed;
    inset: 0;
    overflow: auto;
  }

  .stage[data-theme-mode='dark'] {
    background: #060a12;
    color: #e8edf6;
  }

  @media (prefers-color-scheme: dark) {
    .stage[data-theme-mode='auto'] {
      background: #060a12;
      color: #e8edf6;
    }
  }
`;

document.adoptedStyleSheets.push(styles.styleSheet!);

/** The window that a story needs for itself, since what floats is above everything else in it; null where it needs none. */
export function roomOf({ room }: StoryArgs, { displayMode }: Viewing): StoryArgs['room'] {
  return room ?? (displayMode && displayMode !== 'card' ? WINDOW : null);
}

/** A stage that may be put on the page; its first child is the widget. */
export function stageOf({ args }: FullStory, viewing: Viewing): { stage: HTMLElement; widget: StoryWidget } {
  const widget = new StoryWidget();
  widget.args = args;
  widget.widgetId = 'story';
  widget.lang = viewing.language;
  widget.setAttribute('theme-mode', viewing.themeMode);
  if (viewing.displayMode) widget.setAttribute('display-mode', viewing.displayMode);
  // A card of the flow is seen behind a launcher, too.
  widget.opened = viewing.displayMode === 'fab' && !args.room;
  for (const [name, value] of Object.entries(args.attributes)) widget.setAttribute(name, value);
  widget.innerHTML = args.fallback;
  const stage = document.createElement('div');
  stage.className = 'stage';
  stage.dir = viewing.direction;
  stage.dataset['themeMode'] = viewing.themeMode;
  if (roomOf(args, viewing)) stage.classList.add('window');
  else stage.style.inlineSize = `${args.widthPx ?? viewing.widthPx}px`;
  stage.append(widget);
  return { stage, widget };
}
