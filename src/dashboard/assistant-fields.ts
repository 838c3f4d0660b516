/** The fields of an assistant's form, and what of it is sent to the platform. */

import type { Assistant } from './shapes.ts';

interface AssistantField {
  readonly name: Exclude<keyof Assistant, 'id' | 'created_at'>;
  readonly label: string;
  readonly kind: 'line' | 'text' | 'whole' | 'number' | 'url' | 'switch';
  /** A new assistant can't be without it. */
  readonly needed?: true;
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
}

export const ASSISTANT_GROUPS: readonly (readonly [title: string, fields: readonly AssistantField[]])[] = [
  [
    'Who it is',
    [
      { name: 'name', label: 'Name', kind: 'line', needed: true },
      { name: 'company_name', label: 'Company', kind: 'line', needed: true },
      { name: 'industry', label: 'Industry', kind: 'line', needed: true },
      {
        name: 'task_type',
        label: 'Task',
        kind: 'line',
        needed: true,
        hint: 'As customer_support or lead_qualification.',
      },
      { name: 'language', label: 'Language', kind: 'line', needed: true },
      { name: 'voice', label: 'Voice', kind: 'line', needed: true, hint: 'As female or male.' },
    ],
  ],
  [
    'What it says',
    [
      { name: 'first_message', label: 'First message', kind: 'text', hint: 'Spoken when somebody calls.' },
      { name: 'system_prompt', label: 'Instructions', kind: 'text', hint: 'Visitors never see them.' },
      { name: 'site_url', label: 'Site', kind: 'url', hint: 'It answers from the pages of this site.' },
    ],
  ],
  [
    'How it answers',
    [
      { name: 'provider', label: 'Provider', kind: 'line' },
      { name: 'model', label: 'Model', kind: 'line' },
      { name: 'temperature', label: 'Temperature', kind: 'number', min: 0, max: 2 },
      { name: 'max_tokens', label: 'Most tokens in an answer', kind: 'whole', min: 1, max: 1_000_000 },
      { name: 'response_count', label: 'Responses', kind: 'whole', min: 1, max: 100 },
      { name: 'emotion', label: 'Speaks with emotion', kind: 'switch' },
      { name: 'hipaa', label: 'HIPAA', kind: 'switch' },
    ],
  ],
  [
    'When a call ends by itself',
    [
      { name: 'max_duration_s', label: 'Longest call, in seconds', kind: 'whole', min: 10, max: 86_400 },
      { name: 'silence_s', label: 'Longest silence, in seconds', kind: 'whole', min: 5, max: 3_600 },
    ],
  ],
];

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** An assistant as its form shows it: texts, and switches. */
export type AssistantDraft = Readonly<Record<string, string | boolean>>;

export function assistantDraft(assistant: Partial<Assistant>): AssistantDraft {
  const fields = ASSISTANT_GROUPS.flatMap(([, group]) => group);
  return Object.fromEntries(
    fields.map(({ name, kind }) => [name, kind === 'switch' ? assistant[name] === true : `${assistant[name] ?? ''}`]),
  );
}

/** What differs from `before`; null takes back what was set. A limit that is emptied stays: it always has one. */
export function assistantChanges(draft: AssistantDraft, before: AssistantDraft): Values {
  const changes: Record<string, string | number | boolean | null> = {};
  for (const { name, kind } of ASSISTANT_GROUPS.flatMap(([, group]) => group)) {
    const value = draft[name]!;
    if (value === before[name]) continue;
    if (typeof value === 'boolean') changes[name] = value;
    else if (value.trim() !== '') changes[name] = kind === 'whole' || kind === 'number' ? Number(value) : value;
    else if (!ALWAYS_SET.has(name)) changes[name] = null;
  }
  return changes;
}

const ALWAYS_SET: ReadonlySet<string> = new Set(['name', 'language', 'max_duration_s', 'silence_s']);
