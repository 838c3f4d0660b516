/** How the picture of a call looks. */

import { css } from 'lit';

export const timeline = css`
  .timeline {
    display: grid;
    gap: 8px;
  }
  .timeline > svg {
    display: block;
    overflow: visible;
  }
  .timeline text {
    fill: var(--muted);
    font-size: 13px;
  }
  .timeline .rule {
    stroke: var(--line);
  }
  .timeline :is(rect, circle) {
    fill: var(--visitor);
    /* What takes but a moment of a long call is still to be seen. */
    stroke: var(--visitor);
    stroke-width: 1;
  }
  .timeline :is(rect, circle).assistant {
    fill: var(--accent);
    stroke: var(--accent);
  }
  .timeline .cut path {
    fill: none;
    stroke: var(--warm);
    stroke-width: 2;
    stroke-dasharray: 4 3;
  }
  .timeline .cut .wedge {
    fill: var(--warm);
    stroke: none;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
  }
  .legend li::before {
    display: inline-block;
    inline-size: 12px;
    block-size: 12px;
    margin-inline-end: 8px;
    border-radius: 3px;
    background: var(--visitor);
    content: '';
    vertical-align: -1px;
  }
  .legend .assistant::before {
    background: var(--accent);
  }
  .legend .cut::before {
    block-size: 9px;
    border-radius: 0;
    background: var(--warm);
    clip-path: polygon(0 0, 100% 0, 50% 100%);
    vertical-align: 0;
  }
  @media (forced-colors: active) {
    .timeline :is(rect, circle) {
      fill: Canvas;
      stroke: CanvasText;
    }
    .timeline :is(rect, circle).assistant {
      fill: Highlight;
      stroke: Highlight;
    }
    .timeline text {
      fill: CanvasText;
    }
    .timeline :is(.rule, .cut path) {
      stroke: CanvasText;
    }
    .timeline .cut .wedge {
      fill: CanvasText;
    }
    .legend li::before {
      border: 1px solid CanvasText;
      background: Canvas;
      forced-color-adjust: none;
    }
    .legend .assistant::before {
      background: Highlight;
    }
  }
`;
