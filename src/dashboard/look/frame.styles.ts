/** The frame: sections beside the page, or above it where there is no room. */

import { css } from 'lit';

export const frame = css`
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
`;
