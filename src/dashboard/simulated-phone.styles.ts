/** How the simulated phone looks: a small card in the corner of a page. */

import { css } from 'lit';

export const styles = css`
  :host {
    --_background: #ffffff;
    --_text: #111827;
    --_muted: #4b5563;
    --_border: #d1d5db;
    --_accent: #0369a1;
    --_accept: #15803d;
    --_refuse: #b91c1c;
    position: fixed;
    inset: auto 16px 16px auto;
    z-index: 1000;
    inline-size: 320px;
    max-inline-size: calc(100vw - 32px);
    color-scheme: light;
    color: var(--_text);
    font:
      14px/20px system-ui,
      sans-serif;
  }
  :host([hidden]) {
    display: none;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_background: #111827;
      --_text: #f3f4f6;
      --_muted: #9ca3af;
      --_border: #4b5563;
      --_accent: #38bdf8;
      color-scheme: dark;
    }
  }
  * {
    box-sizing: border-box;
    margin: 0;
    overflow-wrap: anywhere;
  }
  details {
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_background);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
  }
  summary {
    padding: 12px 16px;
    font-weight: 600;
    cursor: pointer;
  }
  :is(summary, button, input, ol):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .body {
    display: grid;
    gap: 12px;
    padding: 0 16px 16px;
  }
  .muted {
    color: var(--_muted);
  }
  .number {
    font-size: 20px;
    font-weight: 600;
    line-height: 28px;
  }
  .ringing .number::before {
    display: inline-block;
    margin-inline-end: 8px;
    color: var(--_accept);
    content: '☎' / '';
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  button,
  input {
    flex: 1;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: transparent;
    color: inherit;
    font: inherit;
  }
  button {
    font-weight: 600;
    cursor: pointer;
  }
  .accept,
  .refuse {
    border-color: transparent;
    color: #ffffff;
  }
  .accept {
    background: var(--_accept);
  }
  .refuse {
    background: var(--_refuse);
  }
  form,
  label {
    display: grid;
    gap: 8px;
  }
  .level {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 12px;
    align-items: center;
  }
  meter {
    inline-size: 100%;
  }
  ol {
    display: grid;
    gap: 4px;
    max-block-size: 180px;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }
  .unfinished {
    color: var(--_muted);
  }
  @media (prefers-reduced-motion: no-preference) {
    .ringing .number::before {
      animation: ring 1s ease-in-out infinite;
    }
  }
  @keyframes ring {
    20%,
    60% {
      rotate: -16deg;
    }
    40%,
    80% {
      rotate: 16deg;
    }
  }
`;
