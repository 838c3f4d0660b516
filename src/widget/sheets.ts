/**
 * The style sheets of a shadow root, in the order in which they go before one another. A constructed sheet belongs to the
 * document that it was made in: an element that has moved into another one (a frame's) gets copies.
 */

export class Sheets {
  #document = document;
  readonly #copies = new Map<CSSStyleSheet, CSSStyleSheet>();
  #theme: CSSStyleSheet | null = null;
  #painted = '';
  #ours: ReadonlySet<CSSStyleSheet> = new Set();

  /** @param theme a rule that goes before what all the others derive */
  adopt(root: ShadowRoot, sheets: readonly CSSStyleSheet[], theme: string): void {
    const { ownerDocument } = root;
    const view = ownerDocument.defaultView;
    if (!view) return; // on its way out of the page
    if (ownerDocument !== this.#document) {
      this.#document = ownerDocument;
      this.#copies.clear();
      this.#theme = null;
      this.#painted = '';
    }
    const { CSSStyleSheet } = view as Window & typeof globalThis;
    const ours = sheets.map((sheet) => (ownerDocument === document ? sheet : this.#copy(sheet, CSSStyleSheet)));
    this.#theme ??= new CSSStyleSheet();
    if (theme !== this.#painted) this.#theme.replaceSync((this.#painted = theme));
    const theirs = root.adoptedStyleSheets.filter((sheet) => !this.#ours.has(sheet) && !ours.includes(sheet));
    const order = [...ours, ...theirs, this.#theme];
    this.#ours = new Set([...ours, this.#theme]);
    const changed = order.length !== root.adoptedStyleSheets.length;
    if (changed || order.some((sheet, at) => sheet !== root.adoptedStyleSheets[at])) root.adoptedStyleSheets = order;
  }

  #copy(sheet: CSSStyleSheet, Sheet: typeof CSSStyleSheet): CSSStyleSheet {
    const known = this.#copies.get(sheet);
    if (known) return known;
    const copy = new Sheet();
    copy.replaceSync(Array.from(sheet.cssRules, ({ cssText }) => cssText).join(''));
    this.#copies.set(sheet, copy);
    return copy;
  }
}
