/** What a card needs once there is a call, or something to explain. Fetched lazily, with the first sign of interest. */

export { mute, other, picture, reading } from './conversation.ts';
export { faceOf } from './faces.ts';
export { Meter } from './meter.ts';
export { styles } from './talk.styles.ts';
export { tray } from './tray.ts';
