/** What is pressed and what is filled in. */

import { css } from 'lit';

export const forms = css`
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
`;
