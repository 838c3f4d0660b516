/** Which addresses a visitor may be led to, and where they are in a plain text. */

const MAX_LENGTH = 2048;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const PHONE = /^tel:\+?[\d*#().-]{2,}(?:;[\w=.+-]+)*$/i;
const ADDRESS = /(?<!\w)(?:https:\/\/|mailto:|tel:)[^\s<>"]+/gi;
/** What ends a sentence rather than an address. A closing bracket belongs to one where its opening does. */
const TRAILING = new Set(".,;:!?'*`…’”»。，、！？；：」』）)]}");
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** `value` as a browser would write it, where it is an https:, mailto: or tel: address; else null. */
export function readLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return null;
  const address = value.trim();
  if (CONTROL.test(address)) return null;
  if (/^tel:/i.test(address)) {
    const dialled = address.replace(/\s+/g, '');
    return PHONE.test(dialled) ? dialled.replace(/^tel/i, 'tel') : null;
  }
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const { protocol, username, password, pathname, href } = url;
  // Who reads `https://bank.example@acme.example` takes the first for the host.
  if (protocol === 'https:') return username || password ? null : href;
  return protocol === 'mailto:' && /[^@]@[^@]/.test(pathname) ? href : null;
}

export interface Link {
  /** As it was written. */
  readonly text: string;
  readonly url: string;
}

/** A plain text with its addresses apart; joined again it is the same text. */
export function linkify(text: string): readonly (string | Link)[] {
  const parts: (string | Link)[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = withoutTrailing(match[0]);
    const url = readLink(written);
    if (!url) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ text: written, url });
    from = match.index + written.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Brackets are counted once, so that an address of brackets costs no more than another. */
function withoutTrailing(written: string): string {
  if (written.length > MAX_LENGTH) return written; // no link anyway
  const left = new Map<string, number>();
  for (const character of written) left.set(character, (left.get(character) ?? 0) + 1);
  let end = written.length;
  for (; end > 0; end--) {
    const last = written[end - 1]!;
    if (!TRAILING.has(last)) break;
    const opening = OPENING[last];
    if (opening && (left.get(opening) ?? 0) >= left.get(last)!) break;
    left.set(last, left.get(last)! - 1);
  }
  return written.slice(0, end);
}
