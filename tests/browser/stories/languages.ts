/** The languages that stories are measured in: those that have a dictionary. */

/// <reference types="vite/types/importMeta.d.ts" />

import { LANGUAGES as NAMES } from '../../../demo/stories/languages.ts';

const dictionaries = Object.keys(import.meta.glob('../../../src/widget/text/*.ts'));

export const LANGUAGES = Object.keys(NAMES).filter((tag) => dictionaries.some((path) => path.endsWith(`/${tag}.ts`)));
