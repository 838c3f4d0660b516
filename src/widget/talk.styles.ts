/** How the parts look that only a call has, and those that an owner adds; beside `widget.styles.ts`. */

import { css } from 'lit';

export const styles = css`
  :host {
    --_user-message: var(--indigenius-user-message, var(--_button));
    --_user-message-text: var(--indigenius-user-message-text, var(--_button-text));
    --_assistant-message: var(--indigenius-assistant-message, var(--_tint));
    --_assistant-message-text: var(--indigenius-assistant-message-text, var(--_text));
    --_prompt: var(--indigenius-prompt, transparent);
    --_prompt-text: var(--indigenius-prompt-text, var(--_text));
    --_action: var(--indigenius-action, transparent);
    --_action-text: var(--indigenius-action-text, var(--_text));
  }
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
  .body a {
    color: inherit;
    text-underline-offset: 2px;
  }
  .terms,
  .line {
    hyphens: auto;
  }
  .terms {
    max-inline-size: 60ch;
    white-space: pre-line;
  }
  .said {
    padding-block-start: 12px;
    margin-block-start: 0;
    mask-image: linear-gradient(transparent, #000 12px);
  }
  .line {
    display: grid;
    grid-template-columns: 72px minmax(0, 60ch);
    align-items: baseline;
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
  .bubbles .line {
    display: block;
    inline-size: fit-content;
    max-inline-size: 85%;
    margin-block: 4px;
    padding: 8px 12px;
    border-radius: 12px;
    border-end-start-radius: 4px;
    background: var(--_assistant-message);
    color: var(--_assistant-message-text);
  }
  .bubbles .user {
    margin-inline-start: auto;
    border-radius: 12px;
    border-end-end-radius: 4px;
    background: var(--_user-message);
    color: var(--_user-message-text);
  }
  .bubbles b {
    position: absolute;
    clip-path: inset(50%);
  }
  .bubbles .interim {
    color: inherit;
  }
  .chips {
    display: flex;
    flex: none;
    gap: 8px;
    padding: 4px 16px 12px;
    overflow-x: auto;
    list-style: none;
    overscroll-behavior-x: contain;
    scroll-padding-inline: 16px;
    scrollbar-width: none;
    mask-image: linear-gradient(to right, transparent, #000 16px calc(100% - 16px), transparent);
  }
  .chips li {
    display: flex;
    flex: none;
    max-inline-size: calc(100% - 24px);
  }
  .chip {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 44px;
    min-inline-size: 0;
    padding: 8px 16px;
    border: 1px solid var(--_border);
    border-radius: 22px;
    background: var(--_prompt);
    color: var(--_prompt-text);
    font-weight: 400;
    text-decoration: none;
  }
  .chip bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .own {
    background: var(--_action);
    color: var(--_action-text);
    font-weight: 600;
  }
  .composer {
    display: flex;
    flex: none;
    margin: 0 16px 12px;
    border: 1px solid var(--_muted);
    border-radius: var(--_button-radius);
  }
  .composer:focus-within {
    outline: 2px solid var(--_focus-outline);
    outline-offset: 2px;
  }
  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 44px;
    padding: 0 12px;
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 16px;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .composer button {
    border: 0;
    color: var(--_muted);
  }
  .notes {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0 12px;
    justify-content: center;
    padding: 0 16px 8px;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
  .notes span {
    max-block-size: 40px;
    overflow: hidden;
  }
  .body:focus-visible {
    outline-offset: -2px;
  }
  .other {
    flex: 1 1 auto;
  }
  .live i {
    block-size: 40px;
    margin: 0;
    transform: scaleY(0.1);
    transition: transform 80ms linear;
  }
  .live i.assistant {
    background: var(--_level);
  }
  button:not(.primary):hover,
  .chip:hover,
  [aria-pressed='true'] {
    background: var(--_tint);
    color: var(--_text);
  }
  [aria-pressed='true'] {
    border-color: currentColor;
  }
  @media (forced-colors: active) {
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
    .chip,
    .bubbles .line {
      border: 1px solid ButtonText;
    }
  }
`;
