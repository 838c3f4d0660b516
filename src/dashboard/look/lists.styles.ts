/** What is listed, and what a call was. */

import { css } from 'lit';

export const lists = css`
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
`;
