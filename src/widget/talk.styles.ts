/** How the parts look that only a call has; beside `widget.styles.ts`. */

import { css } from 'lit';

export const styles = css`
  header + .title {
    margin-block-start: 12px;
  }
  .picture svg {
    inline-size: 32px;
    block-size: 32px;
    color: var(--_muted);
    stroke-width: 1.4;
  }
  time {
    color: var(--_muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .terms {
    max-inline-size: 60ch;
    white-space: pre-line;
  }
  .said {
    flex-direction: column-reverse;
  }
  .line {
    display: grid;
    grid-template-columns: 72px minmax(0, 60ch);
    padding-block: 4px;
  }
  .line b {
    color: var(--_muted);
    font-size: 13px;
    font-weight: 400;
  }
  .interim {
    color: var(--_muted);
  }
  .body:focus-visible {
    outline-offset: -2px;
  }
  button:not(.primary):hover,
  [aria-pressed='true'] {
    background: var(--_tint);
  }
  @media (forced-colors: active) {
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
