/** How the dashboard looks: of one hand with the card, whose scale, corners and focus these are. */

import { circumstances } from './circumstances.styles.ts';
import { forms } from './forms.styles.ts';
import { frame } from './frame.styles.ts';
import { lists } from './lists.styles.ts';
import { notices } from './notices.styles.ts';
import { page } from './page.styles.ts';
import { preview } from './preview.styles.ts';
import { timeline } from './timeline.styles.ts';

/** In their order: a later one may change what an earlier one says. */
export const sheets: readonly CSSStyleSheet[] = [
  page,
  frame,
  forms,
  lists,
  preview,
  notices,
  circumstances,
  timeline,
].map(({ styleSheet }) => styleSheet!);
