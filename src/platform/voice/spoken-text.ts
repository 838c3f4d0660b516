/** Written text as it is said aloud: signs, prices, times, addresses and markup in words. English. */

const CURRENCIES: Readonly<Record<string, readonly [string, string, string]>> = {
  $: ['dollar', 'dollars', 'cents'],
  '€': ['euro', 'euros', 'cents'],
  '£': ['pound', 'pounds', 'pence'],
};

type Rule = readonly [RegExp, string | ((match: string, ...groups: string[]) => string)];

/** In order: a later rule sees what the earlier ones left. */
const RULES: readonly Rule[] = [
  // Markdown: links by their text, emphasis and code without their signs, bullets and headings bare.
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/^\s*(?:[-*•]|#{1,6}|>)\s+/gm, ''],
  [/[*`~]+|(?<!\w)_+|_+(?!\w)/g, ''],
  // Addresses on the web.
  [/\bhttps?:\/\/(?:www\.)?([^\s<>"]+?)(?=[.,;:!?)]*(?:\s|$))/gi, (_, address: string) => spokenAddress(address)],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => spokenAddress(address)],
  [
    /\b(?:www\.)?((?:[a-z\d-]+\.)+(?:com|org|net|io|example|co\.uk))\b/gi,
    (_, address: string) => spokenAddress(address),
  ],
  // A telephone number digit by digit, its groups apart.
  [
    /(?<![\d$€£.])(?:\+?\(?\d{1,4}\)?(?:[ .-]\d{2,4}){2,4}|\d{3}-\d{4})(?!\d|-\d|\.\d)/g,
    (number) => spokenNumber(number),
  ],
  [/[“”«»"]/g, ''],
  [/[‘’]/g, "'"],
  // Money. "$12.50" is "12 dollars and 50 cents".
  [
    /([$€£])\s?(\d[\d,]*)(?:\.(\d{2}))?(?!\d)/g,
    (_, sign: string, whole: string, part: string) => spokenMoney(sign, whole, part),
  ],
  // Times of day: "9:00 am", "18:30", "9am".
  [
    /\b(\d{1,2}):(\d{2})(?:\s*([ap])\.?m\b\.?)?/gi,
    (_, hour: string, minute: string, half: string) => spokenTime(hour, minute, half),
  ],
  [/\b(\d{1,2})\s*([ap])\.?m\b\.?(?!\w)/gi, (_, hour: string, half: string) => `${hour} ${half.toUpperCase()} M`],
  [/(?<=\d|[AP] M|o'clock)\s*[–—-]\s*(?=\d)/g, ' to '],
  [/\s+[–—-]+\s+|[–—]/g, ', '],
  [/(?<=\d)\s*%/g, ' percent'],
  [/(?<=\w)\s*\/\s*(?=(?:person|head|guest|hour|day|week|month|year)\b)/gi, ' per '],
  [/\band\/or\b/gi, 'or'],
  [/(?<=[a-z])\/(?=[a-z])/gi, ' or '],
  [/\b24\/7\b/g, '24 7'],
  [/\s*&\s*/g, ' and '],
  [/\s*\+\s*(?=\d)/g, ' plus '],
  [/[·|;]/g, ', '],
];

export function spokenText(text: string): string {
  const words = RULES.reduce((said, [pattern, by]) => said.replace(pattern, by as string), text);
  // Flite knows ASCII: accents are dropped, and whatever else is left.
  return words
    .normalize('NFKD')
    .replace(/[^\n\x20-\x7e]/g, '')
    .replace(/[<>{}[\]\\^=]/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ (?=[,.!?])/g, '')
    .replace(/,(?=[,.!?])/g, '')
    .trim();
}

function spokenMoney(sign: string, whole: string, part: string | undefined): string {
  const [one, many, parts] = CURRENCIES[sign] ?? ['', '', ''];
  const amount = whole.replace(/,(?=\d{3})/g, '').replace(/,$/, '');
  const said = `${amount} ${amount === '1' ? one : many}`;
  const rest = whole.endsWith(',') ? ',' : '';
  return part === undefined || part === '00' ? said + rest : `${said} and ${Number(part)} ${parts}${rest}`;
}

function spokenTime(hour: string, minute: string, half: string | undefined): string {
  const hours = Number(hour);
  // Without a half, "9:30" is left as it is, and "18:30" is certain.
  const letter = half?.toUpperCase() ?? (hours >= 13 ? 'P' : null);
  const said = [String(letter === null || hours <= 12 ? hours : hours - 12)];
  if (minute !== '00') said.push(minute.startsWith('0') ? `oh ${Number(minute)}` : minute);
  else if (letter === null) said.push("o'clock");
  if (letter !== null) said.push(`${letter} M`);
  return said.join(' ');
}

function spokenNumber(number: string): string {
  const digits = number.replace(/\D/g, '');
  // Years, ranges and small sums are no telephone numbers.
  if (digits.length < 7) return number;
  const groups = number.match(/\d+/g) ?? [];
  return (number.startsWith('+') ? 'plus ' : '') + groups.map((group) => group.split('').join(' ')).join(', ');
}

function spokenAddress(address: string): string {
  return address
    .replace(/\/$/, '')
    .replace(/@/g, ' at ')
    .replace(/\./g, ' dot ')
    .replace(/\//g, ' slash ')
    .replace(/[-_]/g, ' dash ');
}
