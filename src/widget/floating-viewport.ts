/**
 * What an on-screen keyboard leaves of the window. Browsers lay it over the page and tell nobody but the visual
 * viewport; an element at the bottom has to step aside by itself.
 */

/** As custom properties of the element, which spans the window: `--_visible` and, below that, `--_covered`. */
export class VisibleWindow {
  #watched: { readonly viewport: VisualViewport; readonly element: HTMLElement } | null = null;

  watch(element: HTMLElement): void {
    if (this.#watched?.element === element || !window.visualViewport) return;
    this.rest();
    const viewport = window.visualViewport;
    this.#watched = { viewport, element };
    for (const type of ['resize', 'scroll']) viewport.addEventListener(type, this.#onchange);
    this.#onchange();
  }

  rest(): void {
    if (!this.#watched) return;
    const { viewport, element } = this.#watched;
    this.#watched = null;
    for (const type of ['resize', 'scroll']) viewport.removeEventListener(type, this.#onchange);
    for (const name of ['--_visible', '--_covered']) element.style.removeProperty(name);
  }

  readonly #onchange = (): void => {
    const { viewport, element } = this.#watched!;
    const { height, scale, offsetTop } = viewport;
    // Somebody who has zoomed in sees less and moves about, but it is the keyboard alone that covers anything.
    const visible = height * scale;
    const above = scale > 1 ? 0 : offsetTop;
    element.style.setProperty('--_visible', `${Math.round(visible)}px`);
    element.style.setProperty('--_covered', `${Math.max(0, Math.round(element.clientHeight - visible - above))}px`);
  };
}
