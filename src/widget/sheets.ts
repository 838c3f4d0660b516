/** The style sheets of a shadow root, in the order in which they go before one another. */

export class Sheets {
  #theme: CSSStyleSheet | null = null;
  #painted = '';

  /**
   * @param known what comes first after the element's own
   * @param theme a rule that goes before what all the others derive
   */
  adopt(root: ShadowRoot, known: readonly CSSStyleSheet[], theme: string | undefined): void {
    const [own, ...others] = root.adoptedStyleSheets;
    const order = new Set([own!, ...known, ...others]);
    if (theme) {
      this.#theme ??= new CSSStyleSheet();
      if (theme !== this.#painted) this.#theme.replaceSync((this.#painted = theme));
      order.delete(this.#theme);
      order.add(this.#theme);
    }
    const sheets = [...order];
    if (sheets.some((sheet, at) => sheet !== root.adoptedStyleSheets[at])) root.adoptedStyleSheets = sheets;
  }
}
