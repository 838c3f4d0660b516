/** Asks before something is done that can't be undone. */

import { html, render } from 'lit';

export interface Question {
  readonly title: string;
  /** What will happen. */
  readonly text: string;
  /** The words on the button that does it. */
  readonly action: string;
}

/** Escape and Cancel are a no; the browser gives the focus back to where it was. */
export function confirmed({ title, text, action }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question-title');
  dialog.setAttribute('aria-describedby', 'question-text');
  const answer = (yes: boolean) => (): void => dialog.close(yes ? 'yes' : '');
  render(
    html`<h2 id="question-title">${title}</h2>
      <p id="question-text">${text}</p>
      <div class="actions">
        <button type="button" autofocus @click=${answer(false)}>Cancel</button>
        <button type="button" class="danger" @click=${answer(true)}>${action}</button>
      </div>`,
    dialog,
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}
