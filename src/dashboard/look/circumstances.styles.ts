/** Narrow windows, fingers, and what somebody prefers: after all that it changes. */

import { css } from 'lit';

export const circumstances = css`
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
