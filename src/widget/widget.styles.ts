/** How the skeleton of the card looks. The rest (`card.styles.ts`) comes with the look. */

import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: block;
    max-width: 400px;
    --_background: Canvas;
    --_text: CanvasText;
    --_border: GrayText;
    --_focus-outline: Highlight;
    --_card-radius: 12px;
    --_header: var(--indigenius-header, transparent);
    --_header-text: var(--indigenius-header-text, var(--_text));
    --_header-muted: var(--_muted);
    --_avatar: var(--indigenius-avatar, var(--_button));
    --_avatar-text: var(--indigenius-avatar-text, var(--_button-text));
    --_muted: var(--indigenius-muted, color-mix(in srgb, var(--_text) 72%, var(--_background)));
    --_tint: var(--indigenius-tint, color-mix(in srgb, var(--_text) 6%, var(--_background)));
    --_level: var(--indigenius-level, var(--_button));
  }
  :host([display-mode='fab']) {
    position: fixed;
    inset: auto 24px 24px auto;
  }
  :host([hidden]) {
    display: none;
  }
  /* What a page says of its own words is not meant for these, but for their font, and whether anything is to be seen. */
  :where(.card, .float) {
    all: initial;
    color-scheme: inherit;
    font-family: inherit;
    pointer-events: inherit;
    visibility: inherit;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: 480px;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_card-radius);
    background: var(--_background);
    color: var(--_text);
    font-size: 14px;
    line-height: 20px;
    text-align: start;
  }
  /* It takes the room that the page has kept for the card, and no more: nothing moves when the card comes. */
  .loading {
    position: absolute;
    inset: 0;
    block-size: auto;
    --_tint: rgb(128 128 128 / 0.2);
    border-color: var(--_tint);
    background: none;
    color: inherit;
  }
  header {
    background: var(--_header);
    color: var(--_header-text);
    display: flex;
    flex: none;
    gap: 12px;
    align-items: center;
    padding: 16px max(16px, var(--_card-radius) * 0.4);
    border-block-end: 1px solid var(--_border);
  }
  header div {
    flex: 1;
    min-inline-size: 0;
  }
  .orb {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    overflow: hidden;
    border-radius: 50%;
    background: var(--_avatar);
    color: var(--_avatar-text);
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .name {
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .sub {
    color: var(--_header-muted);
    font-size: 13px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  svg {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  /* It gives way to words that need its room: the buttons must stay on the card. */
  .picture {
    display: flex;
    flex: 1;
    gap: 4px;
    align-items: end;
    justify-content: center;
    min-block-size: 0;
    padding-block-end: 16px;
    overflow: hidden;
  }
  i {
    inline-size: 4px;
    block-size: 4px;
    margin-block: 18px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_text) 45%, var(--_background));
  }
  .body {
    flex: 1;
    min-block-size: 0;
    margin-block: 8px;
    overflow-y: auto;
  }
  .title {
    flex: none;
    min-block-size: 24px;
    padding-inline: 16px;
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
    text-align: center;
  }
  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    min-block-size: 77px;
    padding: 16px max(16px, var(--_card-radius) * 0.4);
    border-block-start: 1px solid var(--_border);
  }
  footer .bone {
    flex: 1;
    block-size: 44px;
  }
  /* As tall as the words that come in its place, with a gap of 4 px at the top. */
  .sub.bone {
    inline-size: 40%;
    border-block-start: 4px solid transparent;
    border-radius: 4px / 8px 8px 4px 4px;
    background-clip: padding-box;
    line-height: 16px;
  }
  [aria-busy='true'] :is(.orb, i) {
    background: var(--_tint);
  }
  .bone {
    inline-size: 60%;
    border-radius: 4px;
    background: var(--_tint);
    color: transparent;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
