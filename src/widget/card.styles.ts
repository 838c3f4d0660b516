/** How the card looks. Colours and radii come from `theme.ts`; everything else derives from them. */

import { css } from 'lit';

export const styles = css`
  .body {
    display: flex;
    flex-direction: column;
    padding: 0 16px;
    overscroll-behavior: contain;
  }
  .talking .picture {
    flex: none;
    padding-block: 12px 8px;
  }
  .title {
    display: flex;
    gap: 8px;
    justify-content: center;
    max-block-size: 96px;
    overflow: hidden;
  }
  .name {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .help {
    inline-size: 100%;
    max-inline-size: 32ch;
    margin-inline: auto;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
    white-space: pre-line;
  }
  ::slotted(*) {
    text-align: center;
  }
  ::slotted(a) {
    display: inline-block;
    padding-block: 4px;
    color: inherit;
  }
  ::slotted([slot='avatar']) {
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    object-fit: cover;
  }
  .fallback {
    display: block;
    margin-block-start: 12px;
    text-align: center;
  }
  button {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    min-inline-size: 44px;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_button-radius);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    transition: filter 150ms ease-out;
  }
  .primary {
    flex: 1 1 auto;
    border-color: transparent;
    background: var(--_button);
    color: var(--_button-text);
    font-size: 16px;
  }
  /* To end is never mistaken for to start. */
  .primary.ending {
    background: var(--_text);
    color: var(--_background);
  }
  .primary span {
    display: grid;
  }
  .primary > :last-child {
    max-block-size: 60px;
    overflow: hidden;
  }
  button:hover {
    filter: brightness(0.94);
  }
  .down {
    transform: rotate(135deg);
  }
  :focus-visible {
    outline: 2px solid var(--_focus-outline);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    i,
    i.assistant {
      background: CanvasText;
    }
    .primary {
      border-color: ButtonText;
    }
  }
`;
