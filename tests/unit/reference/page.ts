/**
 * A published reference page, read: its endpoints, and for each the programs that call it (curl, Node, Python), the
 * statuses it names and the answers it shows. What a page says is its vendor's; nothing of it is repeated here.
 */

export type Language = 'curl' | 'node' | 'python';

export interface Example {
  readonly language: Language;
  /** The program as it stands on the page. */
  readonly code: string;
}

export interface Section {
  /** As `GET /v1/calls/{id}`; some pages tell of several at once. */
  readonly endpoints: readonly string[];
  readonly examples: readonly Example[];
  /** What a call that works answers. */
  readonly success: number;
  /** The answer that the page shows. */
  readonly answer: Readonly<Record<string, unknown>> | null;
}

const ENDPOINT = /^(?:GET|POST|PUT|PATCH|DELETE) \/v1\/\S*$/;

/** How each kind of block begins, and whether the lines so far are all of it. */
const BLOCKS: Readonly<
  Record<Language | 'answer', { begins: RegExp; isWhole: (lines: readonly string[]) => boolean }>
> = {
  curl: { begins: /^curl /, isWhole: isWholeCommand },
  node: { begins: /^const /, isWhole: (lines) => /^console\.log\(.*\);$/.test(lines.at(-1)!) },
  python: { begins: /^import /, isWhole: (lines) => lines.at(-1) === 'print(response.json())' },
  answer: { begins: /^\{$/, isWhole: (lines) => lines.at(-1) === '}' },
};

export function readPage(text: string): readonly Section[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (line.split(', ').every((part) => ENDPOINT.test(part)) ? [at] : []));
  return starts.map((start, i) => {
    const [heading = '', ...rest] = lines.slice(start, starts[i + 1]);
    return sectionOf(heading.split(', '), rest);
  });
}

/** @throws for a block that does not end, and for a section that names no success or shows two answers. */
function sectionOf(endpoints: readonly string[], lines: readonly string[]): Section {
  const examples: Example[] = [];
  const answers: string[] = [];
  const prose: string[] = [];
  for (let at = 0; at < lines.length;) {
    const kind = (Object.keys(BLOCKS) as (keyof typeof BLOCKS)[]).find((each) => BLOCKS[each].begins.test(lines[at]!));
    if (!kind) {
      prose.push(lines[at++]!);
      continue;
    }
    const from = at++;
    while (!BLOCKS[kind].isWhole(lines.slice(from, at))) {
      if (at++ > lines.length) throw new Error(`${endpoints[0]}: ${lines[from]} has no end`);
    }
    const code = lines.slice(from, at).join('\n');
    if (kind === 'answer') answers.push(code);
    else examples.push({ language: kind, code });
  }
  if (answers.length > 1) throw new Error(`${endpoints[0]} shows ${answers.length} answers`);
  // A list below the endpoints is the page's end, and names none of their statuses.
  const [success] = prose.flatMap((line) => /(?<![\w/])2\d\d\b/.exec(line)?.[0] ?? []);
  if (examples.length > 0 && success === undefined) throw new Error(`${endpoints[0]} names no success`);
  const answer = answers[0] === undefined ? null : (JSON.parse(answers[0]) as Section['answer']);
  return { endpoints, examples, success: Number(success), answer };
}

/** A command goes on after a backslash, and while a quotation is open. */
function isWholeCommand(lines: readonly string[]): boolean {
  const quotes = lines.join('\n').split("'").length - 1;
  return quotes % 2 === 0 && !lines.at(-1)!.endsWith('\\');
}
