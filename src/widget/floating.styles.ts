/** How a launcher, what it opens, and a card as the whole window look; beside `widget.styles.ts`. */

import { css } from 'lit';

export const styles = css`
  :host {
    position: fixed;
    inset: auto 24px 24px auto;
    z-index: 2147483647;
  }
  .float {
    --_edge: 24px;
    --_shadow: 0 1px 3px rgb(0 0 0 / 0.1), 0 8px 28px rgb(0 0 0 / 0.14);
    position: fixed;
    inset: 0;
    z-index: 2147483647;
    display: flex;
    flex-direction: column;
    gap: 12px;
    inline-size: auto;
    block-size: auto;
    padding: max(var(--_edge), env(safe-area-inset-top)) max(var(--_edge), env(safe-area-inset-right))
      max(var(--_edge), env(safe-area-inset-bottom)) max(var(--_edge), env(safe-area-inset-left));
    border: 0;
    overflow: visible;
    background: none;
    color: var(--_text);
    direction: ltr;
    font-size: 14px;
    line-height: 20px;
    text-align: start;
    pointer-events: none;
  }
  .float > * {
    pointer-events: auto;
  }
  .bottom {
    flex-direction: column-reverse;
  }
  .left {
    align-items: flex-start;
  }
  .center {
    align-items: center;
  }
  .right {
    align-items: flex-end;
  }
  .dock {
    --_room: calc(100vw - 2 * var(--_edge) - 64px);
    position: relative;
    flex: none;
    margin-block: calc(var(--_row, 0) * 68px);
  }
  .center .dock {
    --_room: calc(100vw - 2 * var(--_edge) - 128px);
  }
  /* A button that comes and goes moves no other. */
  .hang-up {
    position: absolute;
    top: 0;
    left: calc(100% + 8px);
  }
  .right .hang-up {
    inset: 0 calc(100% + 8px) auto auto;
  }
  .dock button {
    block-size: 56px;
    min-inline-size: 56px;
    border-radius: 28px;
    box-shadow: var(--_shadow);
    animation: appear 220ms ease-out;
  }
  /* What changes below a finger must not make two presses out of a double one. */
  .dock button > * {
    pointer-events: none;
  }
  .float .launcher,
  .float .launcher:hover {
    position: relative;
    max-inline-size: min(280px, var(--_room));
    padding: 0;
    border-color: transparent;
    background: var(--_launcher, var(--indigenius-launcher, var(--_button)));
    color: var(--_launcher-text, var(--indigenius-launcher-text, var(--_button-text)));
    font-size: 16px;
  }
  .float .launcher.pill {
    padding-inline: 18px 22px;
  }
  .launcher :is(svg, img),
  .launcher ::slotted(*) {
    display: block;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
  }
  .launcher img {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    object-fit: cover;
  }
  .said-on {
    display: grid;
    min-inline-size: 5ch;
  }
  .said-on > * {
    grid-area: 1 / 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .launcher time {
    color: inherit;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .said-on time + * {
    visibility: hidden;
  }
  .round.timed {
    flex-direction: column;
    gap: 1px;
    font-size: 12px;
    line-height: 14px;
  }
  .round.timed :is(svg, img),
  .round.timed ::slotted(*) {
    inline-size: 20px;
    block-size: 20px;
  }
  .dot {
    position: absolute;
    inset: 0 0 auto auto;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_background);
    border-radius: 50%;
    background: #16a34a;
  }
  .dot::after {
    position: absolute;
    inset: 0;
    border-radius: 50%;
    background: #16a34a;
    content: '';
    animation: breathe 1.6s ease-out infinite;
  }
  .float .hang-up,
  .float .hang-up:hover,
  .bubble {
    border: 1px solid var(--_border);
    background: var(--_background);
  }
  .bubble {
    display: flex;
    align-items: flex-start;
    max-inline-size: min(300px, 100%);
    border-radius: min(var(--_card-radius), 20px);
    box-shadow: var(--_shadow);
    animation: appear 220ms ease-out;
  }
  .float .bubble button,
  .float header button {
    border: 0;
    background: none;
    font-weight: 400;
  }
  .bubble > :first-child {
    padding-block: 11px;
    padding-inline: 16px 0;
    text-align: start;
  }
  .bubble > :last-child,
  header button {
    flex: none;
    color: var(--_muted);
  }
  .bubble svg {
    inline-size: 16px;
    block-size: 16px;
  }
  header button {
    margin-block: -2px;
    margin-inline: -4px -12px;
  }
  .panel {
    display: grid;
    flex: 0 1 560px;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    inline-size: min(400px, 100%);
    min-block-size: 0;
    border-radius: var(--_card-radius);
    box-shadow: var(--_shadow);
    container-type: size;
    animation: appear 220ms ease-out;
  }
  .panel .card,
  .whole .card {
    block-size: auto;
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .small {
    --_edge: 16px;
  }
  .small.open .dock {
    display: none;
  }
  .scrim {
    position: absolute;
    inset: 0;
    background: rgb(0 0 0 / 0.32);
    touch-action: pinch-zoom;
    animation: fade 220ms ease-out;
  }
  .small .panel {
    position: absolute;
    inset: auto 0 var(--_covered, 0);
    inline-size: auto;
    block-size: min(600px, var(--_visible, 100dvh) - env(safe-area-inset-top));
    border-radius: 0;
    box-shadow: none;
    touch-action: pinch-zoom;
  }
  .small .card {
    padding: 0 env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
    border-width: 1px 0 0;
    border-radius: max(var(--_card-radius), 12px) max(var(--_card-radius), 12px) 0 0;
  }
  @container (max-height: 400px) {
    .picture {
      display: none;
    }
    header {
      padding-block: 8px;
    }
    header + .title {
      margin-block-start: 8px;
    }
  }
  /* A page at 200% or more: the card scrolls, rather than that a button or the words are cut off. */
  @container (max-height: 300px) {
    .card {
      overflow-y: auto;
    }
    .said {
      flex: 1 0 72px;
    }
  }
  .whole {
    padding: 0;
  }
  .whole .card {
    flex: none;
    block-size: var(--_visible, 100dvh);
    padding: env(safe-area-inset-top) max((100% - 640px) / 2, env(safe-area-inset-right)) env(safe-area-inset-bottom)
      max((100% - 640px) / 2, env(safe-area-inset-left));
    border: 0;
    border-radius: 0;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(var(--_from, 12px));
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0;
      transform: scale(2.2);
    }
  }
  .top {
    --_from: -12px;
  }
  @media (prefers-reduced-motion: reduce) {
    .dock button,
    .bubble,
    .panel,
    .scrim {
      animation: fade 80ms;
    }
    .dot::after {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .dock button,
    .bubble,
    .panel {
      border-color: ButtonText !important;
    }
    .float header button {
      border: 1px solid;
    }
    .dot,
    .dot::after {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media print {
    .float {
      display: none;
    }
  }
`;
