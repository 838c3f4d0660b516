/** The dashboard on a test's page, before a platform of made-up rows. */

import { vi } from 'vitest';
import type { DashboardApp } from '../../../src/dashboard/app.ts';
import { registerElements } from '../../../src/dashboard/elements.ts';
import { sheets } from '../../../src/dashboard/look/sheets.ts';
import { ANSWERS, answerTo, type Asked, KEY, refusal } from './made-up.ts';

registerElements();
document.adoptedStyleSheets.push(...sheets);

/** A rotated key begins like the one before: that much is made up. */
const KEY_START = KEY.slice(0, 15);

export interface Opened {
  readonly app: DashboardApp;
  /** What the platform was asked, in order. */
  readonly asked: readonly Asked[];
}

export interface Opening {
  /** Null: nobody has signed in. */
  readonly key?: string | null;
  /** In place of what the platform answers otherwise. */
  readonly answers?: Readonly<Record<string, (asked: Asked) => unknown>>;
}

/** The page of an address, as soon as it is drawn. */
export async function open(hash: string, { key = KEY, answers = {} }: Opening = {}): Promise<Opened> {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> => {
    const request = { method, path, body: typeof body === 'string' ? JSON.parse(body) : null } as Asked;
    asked.push(request);
    if (!new Headers(headers).get('X-API-Key')?.startsWith(KEY_START)) return refusal(401, 'The API key is unknown');
    return answerTo(request, { ...ANSWERS, ...answers });
  });
  if (key === null) sessionStorage.removeItem('indigenius-key');
  else sessionStorage.setItem('indigenius-key', key);
  history.replaceState(null, '', hash);
  const app = document.createElement('dashboard-app') as DashboardApp;
  document.body.append(app);
  await app.updateComplete;
  return { app, asked };
}

export function close(): void {
  document.querySelector('dashboard-app')?.remove();
  for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
  sessionStorage.clear();
  history.replaceState(null, '', '#');
  vi.unstubAllGlobals();
}
