/** How the dashboard looks: of one hand with the card, whose scale, corners and focus these are. */

import { css } from 'lit';

export const styles = css`
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

  /* The frame: sections beside the page, or above it where there is no room. */
  .skip {
    position: absolute;
    inset-block-start: -80px;
    inset-inline-start: 16px;
    z-index: 2;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--surface);
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  dashboard-app {
    display: grid;
    grid-template: 'bar main' minmax(100dvh, auto) / 216px minmax(0, 1fr);
  }
  dashboard-app > header {
    position: sticky;
    inset-block-start: 0;
    display: flex;
    grid-area: bar;
    flex-direction: column;
    gap: 24px;
    block-size: 100dvh;
    padding: 24px 12px 16px;
    overflow: auto;
    border-inline-end: 1px solid var(--line);
    background: var(--surface);
  }
  .brand {
    display: flex;
    gap: 12px;
    align-items: center;
    padding-inline: 8px;
    font-size: 16px;
    font-weight: 650;
    line-height: 24px;
  }
  .brand svg {
    inline-size: 28px;
    block-size: 28px;
    fill: none;
    stroke: #ffffff;
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  .brand rect {
    fill: #0369a1;
    stroke: none;
  }
  header nav ul {
    display: grid;
    gap: 4px;
  }
  header nav a {
    display: flex;
    gap: 12px;
    align-items: center;
    min-block-size: 36px;
    padding: 8px;
    border-radius: 8px;
    color: var(--muted);
    font-weight: 500;
    text-decoration: none;
  }
  header nav a:hover {
    background: var(--sunk);
    color: var(--text);
  }
  header nav a[aria-current] {
    background: color-mix(in srgb, var(--accent) 12%, var(--surface));
    color: var(--text);
    font-weight: 600;
  }
  .holder {
    display: grid;
    gap: 12px;
    justify-items: start;
    margin-block-start: auto;
    padding-inline: 8px;
  }
  main {
    grid-area: main;
    inline-size: 100%;
    max-inline-size: 1320px;
    min-inline-size: 0;
    padding: 24px 32px 64px;
  }
  main > * {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .crumbs {
    margin-block-end: -12px;
    font-size: 13px;
  }
  .crumbs a {
    display: inline-block;
    padding-block: 2px;
  }
  .crumbs a::before {
    content: '← ' / '';
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 36px;
  }
  .keep {
    white-space: nowrap;
  }
  .tight {
    display: none;
  }
  .sections,
  widget-preview > section,
  .empty,
  .failed,
  .sign-in {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
  }
  .narrow {
    max-inline-size: 800px;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    align-content: start;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
  }
  .flush {
    padding: 0;
    overflow: hidden;
  }
  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 400px);
    gap: 16px 24px;
    align-items: start;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
    gap: 12px 16px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
  }
  .sticky {
    position: sticky;
    inset-block-end: 0;
    padding-block: 12px;
    border-block-start: 1px solid var(--line);
    background: var(--ground);
  }
  /* Where the focus goes, the page scrolls clear of that bar, two rows high at most. */
  :root:has(.sticky) {
    scroll-padding-block-end: 128px;
  }
  .empty,
  .failed {
    gap: 8px;
    justify-items: start;
    padding: 32px 16px;
    border: 1px dashed var(--edge);
    border-radius: 12px;
  }
  .failed {
    padding-block: 16px;
  }
  .wrong {
    color: var(--danger);
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .sign-in {
    max-inline-size: 440px;
  }
  dashboard-app:not(:has(header nav)) {
    grid-template: 'bar' auto 'main' 1fr / minmax(0, 1fr);
  }
  dashboard-app:not(:has(header nav)) > header {
    position: static;
    block-size: auto;
    padding: max(24px, 8vh) 16px 0;
    border: 0;
    background: none;
  }
  dashboard-app:not(:has(header nav)) :is(.sign-in, .brand) {
    inline-size: 100%;
    max-inline-size: 440px;
    margin-inline: auto;
    padding-inline: 0;
  }
  dashboard-app:not(:has(header nav)) main {
    max-inline-size: none;
    padding-inline: 16px;
  }

  /* What is pressed and what is filled in. */
  button,
  .button {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    min-block-size: 36px;
    padding: 7px 14px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
    transition: background 150ms ease-out;
  }
  :is(button, .button):hover {
    background: var(--sunk);
  }
  .primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--accent-text);
  }
  .primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, #000000);
  }
  .danger {
    border-color: currentColor;
    color: var(--danger);
  }
  [aria-disabled='true'] {
    cursor: progress;
    opacity: 0.7;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    align-content: start;
  }
  .long {
    grid-column: 1 / -1;
  }
  label,
  legend {
    padding: 0;
    font-weight: 500;
  }
  label .quiet {
    font-weight: 400;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  :is(input:not([type='radio'], [type='checkbox'], [type='color']), select, textarea) {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 7px 10px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  textarea {
    display: block;
    resize: vertical;
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  input[type='checkbox'] {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0;
    accent-color: var(--accent);
  }
  :is(.check, .scopes) label {
    display: flex;
    gap: 8px;
    align-items: start;
    padding-block: 4px;
    font-weight: 400;
  }
  .check {
    align-content: center;
  }
  .scopes legend {
    margin-block-end: 4px;
  }
  .color {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 8px;
  }
  input[type='color'] {
    inline-size: 36px;
    block-size: 36px;
    padding: 3px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--surface);
    cursor: pointer;
  }
  input[type='color']::-webkit-color-swatch-wrapper {
    padding: 0;
  }
  input[type='color']::-webkit-color-swatch {
    border: 1px solid var(--line);
    border-radius: 5px;
  }
  .segments legend {
    margin-block-end: 4px;
  }
  .segments > div,
  .filter {
    display: inline-flex;
    max-inline-size: 100%;
    padding: 2px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--surface);
  }
  .filter {
    justify-self: start;
  }
  .segments label {
    position: relative;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span,
  .filter a {
    display: block;
    padding: 5px 12px;
    border-radius: 6px;
    color: var(--muted);
    font-weight: 500;
    text-decoration: none;
  }
  .segments input:checked + span,
  .filter a[aria-current='true'] {
    background: var(--accent);
    color: var(--accent-text);
  }
  .segments input:focus-visible + span {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .copyable {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: start;
  }
  .copyable pre {
    flex: 1 1 220px;
    min-inline-size: 0;
    padding: 8px 10px;
    border-radius: 8px;
    background: var(--sunk);
    white-space: pre-wrap;
  }
  .secret {
    max-inline-size: 800px;
    border-color: var(--accent);
  }

  /* What is listed. */
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  thead th {
    color: var(--muted);
    font-size: 13px;
    font-weight: 500;
  }
  th,
  td {
    padding: 10px 16px;
    border-block-end: 1px solid var(--line);
    text-align: start;
    overflow-wrap: anywhere;
  }
  tbody th {
    font-weight: 500;
  }
  .whole {
    overflow-wrap: normal;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  tbody tr:hover {
    background: var(--sunk);
  }
  th.number,
  td.number {
    text-align: end;
    white-space: nowrap;
  }
  .lead {
    display: flex;
    gap: 12px;
    align-items: center;
  }
  .swatch {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
  }
  .swatch rect {
    stroke: var(--edge);
  }
  .badge {
    display: inline-block;
    padding: 0 8px;
    border: 1px solid currentColor;
    border-radius: 10px;
    color: var(--muted);
    font-size: 13px;
    font-weight: 500;
    line-height: 18px;
    white-space: nowrap;
  }
  .badge.active,
  .badge.live {
    color: var(--good);
  }
  .badge.paused,
  .badge.cut {
    color: var(--warm);
  }
  .facts {
    display: grid;
    gap: 8px;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 132px minmax(0, 1fr);
    gap: 12px;
  }
  dt {
    color: var(--muted);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .stars {
    letter-spacing: 1px;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
    gap: 16px;
  }
  .figures dt {
    font-size: 13px;
  }
  .figures dd {
    font-size: 20px;
    font-weight: 600;
    line-height: 28px;
  }
  .figures .quiet {
    display: block;
    font-size: 13px;
    font-weight: 400;
    line-height: 20px;
  }
  .unanswered {
    padding-inline-start: 20px;
    list-style: disc;
  }
  .turns {
    display: grid;
    gap: 16px;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    align-items: baseline;
  }
  .words {
    max-inline-size: 66ch;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .turns li {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--visitor);
  }
  .turns .assistant {
    border-inline-start-color: var(--accent);
  }

  /* The card, on a piece of somebody's page. */
  widget-preview {
    position: sticky;
    inset-block-start: 24px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
  }
  .stage {
    display: grid;
    align-content: center;
    min-block-size: 520px;
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--sunk);
  }
  .stage.light {
    background: #f4f4f2;
    color: #1d2733;
  }
  .stage.dark {
    background: #060a12;
    color: #e8edf6;
  }
  .stage > p {
    max-inline-size: 28ch;
    margin-inline: auto;
    text-align: center;
  }

  dialog {
    inline-size: min(440px, 100vw - 32px);
    padding: 24px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    color: var(--text);
    box-shadow:
      0 1px 3px rgb(0 0 0 / 0.1),
      0 8px 28px rgb(0 0 0 / 0.14);
    overflow-wrap: anywhere;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  dialog .actions {
    justify-content: end;
    margin-block-start: 24px;
  }
  dialog p {
    margin-block-start: 8px;
  }
  .said {
    position: fixed;
    inset-block-end: 24px;
    inset-inline: 16px;
    z-index: 3;
    inline-size: fit-content;
    max-inline-size: 420px;
    margin-inline: auto;
    padding: 10px 16px;
    border-radius: 8px;
    background: var(--text);
    color: var(--surface);
    font-weight: 500;
    animation: appear 220ms ease-out;
  }
  .said:empty {
    padding: 0;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }

  @media (max-width: 1080px) {
    .beside {
      grid-template-columns: minmax(0, 1fr);
    }
    widget-preview {
      position: static;
    }
    .stage indigenius-widget {
      inline-size: 100%;
    }
    .wide {
      display: none;
    }
    .stage {
      justify-items: center;
    }
  }
  @media (max-width: 800px) {
    dashboard-app {
      grid-template: 'bar' auto 'main' 1fr / minmax(0, 1fr);
    }
    dashboard-app > header {
      position: static;
      flex-flow: row wrap;
      gap: 8px 16px;
      align-items: center;
      block-size: auto;
      padding: 12px 16px;
      border-inline-end: 0;
      border-block-end: 1px solid var(--line);
    }
    .brand {
      padding: 0;
    }
    header nav {
      order: 1;
      inline-size: 100%;
    }
    header nav ul {
      display: flex;
      flex-wrap: wrap;
    }
    header nav a {
      padding-inline: 10px;
      font-size: 13px;
    }
    .tight {
      display: block;
    }
    header nav .icon {
      display: none;
    }
    .holder {
      display: flex;
      gap: 12px;
      align-items: center;
      margin: 0;
      margin-inline-start: auto;
      padding: 0;
    }
    .holder .quiet {
      display: none;
    }
    main {
      padding: 16px 16px 48px;
    }
    .roomy {
      display: none;
    }
    th,
    td {
      padding-inline: 12px;
    }
  }
  @media (max-width: 400px) {
    header nav ul {
      justify-content: space-between;
    }
    header nav a {
      padding-inline: 8px;
    }
    th,
    td {
      padding-inline: 8px;
    }
    .stage {
      padding: 12px 8px;
    }
    .facts > div {
      grid-template-columns: 104px minmax(0, 1fr);
    }
  }
  @media (pointer: coarse) {
    :is(button, .button, select, input:not([type='radio'], [type='checkbox'])),
    header nav a {
      min-block-size: 44px;
    }
    :is(.segments span, .filter a) {
      padding-block: 11px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .segments input:checked + span,
    .filter a[aria-current='true'],
    header nav a[aria-current] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .said {
      border: 1px solid;
    }
    .said:empty {
      border: 0;
    }
  }
`;
