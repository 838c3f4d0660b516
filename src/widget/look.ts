/**
 * What it takes to know how a card is to look: asked for as soon as there is an element, beside its config. Until both
 * are here, the card is a skeleton.
 */

export { isPlain } from './appearance.ts';
export { appearanceOf, watchAppearance } from './appearance-attributes.ts';
export { Sheets } from './sheets.ts';
export { styles } from './card.styles.ts';
export { jsonChild } from './json-child.ts';
