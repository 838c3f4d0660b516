/** One page of a site as text: its title, and under each heading what stands there. Pure. */

import { type HTMLElement, NodeType } from 'node-html-parser';

export interface Section {
  readonly heading: string;
  /** Sentences, or lines that read as such: a table's row, a list's item. */
  readonly lines: readonly string[];
}

export interface Page {
  readonly url: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

const HEADING = /^h[1-6]$/i;
/** Each of these is a line of its own; what is inside is read as one. */
const LINE = /^(?:p|li|tr|dt|dd|blockquote|figcaption|address|caption|summary)$/i;
/** What belongs to the site's frame, or is not for reading. */
const LEFT_OUT =
  'script,style,noscript,template,nav,header nav,footer nav,form,svg,indigenius-widget,[hidden],[aria-hidden="true"]';

/** Null for a page that its owner keeps out of indexes. */
export function pageOf(url: string, root: HTMLElement): Page | null {
  const robots = root.querySelector('meta[name="robots"]')?.getAttribute('content') ?? '';
  if (/\b(?:noindex|none)\b/i.test(robots)) return null;
  const title = textOf(root.querySelector('title') ?? root.querySelector('h1')) || url;
  for (const element of root.querySelectorAll(LEFT_OUT)) element.remove();

  const sections: { heading: string; lines: string[] }[] = [{ heading: title, lines: [] }];
  const read = (element: HTMLElement): void => {
    for (const child of element.childNodes) {
      if (child.nodeType !== NodeType.ELEMENT_NODE) continue;
      const node = child as HTMLElement;
      if (HEADING.test(node.rawTagName)) sections.push({ heading: textOf(node), lines: [] });
      else if (LINE.test(node.rawTagName)) addLine(sections.at(-1)!.lines, textOf(node));
      else if (hasBlocks(node)) read(node);
      else addLine(sections.at(-1)!.lines, textOf(node));
    }
  };
  read(root.querySelector('main') ?? root.querySelector('body') ?? root);
  return { url, title, sections: sections.filter(({ lines }) => lines.length > 0) };
}

function addLine(lines: string[], text: string): void {
  if (/[\p{L}\p{N}]/u.test(text)) lines.push(text);
}

function hasBlocks(element: HTMLElement): boolean {
  return element.querySelectorAll('*').some(({ rawTagName }) => LINE.test(rawTagName) || HEADING.test(rawTagName));
}

/** Cells and line breaks part words even where the markup has no space. */
function textOf(element: HTMLElement | null): string {
  if (!element) return '';
  const parts = element.childNodes.map((node) => {
    if (node.nodeType === NodeType.TEXT_NODE) return node.text;
    const { rawTagName } = node as HTMLElement;
    const inner = textOf(node as HTMLElement);
    return /^(?:br|td|th|dt|dd|li|p|div)$/i.test(rawTagName ?? '') ? ` ${inner} ` : inner;
  });
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}
