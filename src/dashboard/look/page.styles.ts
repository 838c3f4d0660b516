/** Colours, letters and what stands in a text. */

import { css } from 'lit';

export const page = css`
  :root {
    color-scheme: light dark;
    --ground: #f6f7f9;
    --surface: #ffffff;
    --sunk: #f1f3f6;
    --text: #111827;
    --muted: #4b5563;
    --line: #e2e5ea;
    --edge: #8a929e;
    --accent: #0369a1;
    --accent-text: #ffffff;
    --link: #0369a1;
    --focus: #0284c7;
    --danger: #b91c1c;
    --good: #166534;
    --warm: #9a3412;
    --visitor: #7b8794;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #0b0f17;
      --surface: #121826;
      --sunk: #1b2333;
      --text: #f3f4f6;
      --muted: #a9b2c1;
      --line: #283142;
      --edge: #6b7687;
      --accent: #036ca6;
      --link: #5cc4f5;
      --focus: #38bdf8;
      --danger: #fca5a5;
      --good: #86efac;
      --warm: #fdba74;
      --visitor: #8b97a8;
    }
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    background: var(--ground);
    color: var(--text);
    font:
      14px/20px system-ui,
      -apple-system,
      'Segoe UI',
      sans-serif;
    font-variant-numeric: tabular-nums;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  pre {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: 20px;
    font-weight: 650;
    line-height: 28px;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  h3 {
    font-size: 14px;
    font-weight: 600;
    line-height: 20px;
  }
  a {
    color: var(--link);
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }
  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  :is(h1, main):focus {
    outline: none;
  }
  .quiet,
  .hint {
    color: var(--muted);
  }
  .hint {
    font-size: 13px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;
