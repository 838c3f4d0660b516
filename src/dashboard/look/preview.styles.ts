/** The card, on a piece of somebody's page. */

import { css } from 'lit';

export const preview = css`
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
`;
