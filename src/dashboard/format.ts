/** Times, durations and shares as they are read. */

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** `21 Nov 2026, 14:03`, by the reader's clock; a line may end after the comma only. */
export function moment(iso: string): string {
  return MOMENT.format(new Date(iso)).replaceAll(/(?<!,) /g, '\u00a0');
}

/** `0:07`, `12:30`, `1:02:03`; what is less than a second is nothing. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (number: number): string => `${number}`.padStart(2, '0');
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** `850 ms`, `1.2 s` */
export function time(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `3 turns`, `1 turn` */
export function count(number: number, one: string, more = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : more}`;
}

/** What a program calls something, as words: `max_duration` is `Max duration`. */
export function words(name: string): string {
  const spaced = name.replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
