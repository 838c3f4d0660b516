/** What asks before it does something, and what is said once. */

import { css } from 'lit';

export const notices = css`
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
`;
