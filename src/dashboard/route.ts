/** Which page an address means: `#/widgets/665e4a34c65bb95f2f2d72e1`. Anybody with a key can be given one. */

import { CALL_TYPES, type CallType } from './shapes.ts';

export const SECTIONS = ['calls', 'widgets', 'assistants', 'keys'] as const;
export type Section = (typeof SECTIONS)[number];

/** In place of an id: one that is still to be made. */
export const NEW = 'new';

export interface Route {
  readonly section: Section;
  /** An id or `new`; null for the list. */
  readonly item: string | null;
  /** Calls of this type only. */
  readonly type: CallType | null;
}

/** What it doesn't know, it takes no notice of: there is always a page. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, second] = path.split('/');
  const section = SECTIONS.find((one) => one === first);
  if (section === undefined) return { section: SECTIONS[0], item: null, type: null };
  const item = decoded(second ?? '') || null;
  const wanted = new URLSearchParams(query).get('type');
  const type = section === 'calls' && item === null ? (CALL_TYPES.find((one) => one === wanted) ?? null) : null;
  return { section, item, type };
}

export function addressOf(section: Section, item: string | null = null, type: CallType | null = null): string {
  return `#/${section}${item === null ? '' : `/${encodeURIComponent(item)}`}${type === null ? '' : `?type=${type}`}`;
}

/** Empty for what was never written by `addressOf`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
