/** Rows as a platform has them, and a platform of nothing but these: what a page asks for, it is given at once. */

import type { Analysis, Call, Key, Turn, Widget } from '../../../src/dashboard/shapes.ts';

export const KEY = 'indigenius_abcd0123456789';

const id = (last: string): string => `665e4a34c65bb95f2f2d72${last}`;

export const SAM = {
  id: id('a1'),
  name: 'Sam',
  company_name: 'Northwind Catering',
  industry: 'catering',
  language: 'English',
  voice: 'female',
  task_type: 'customer_support',
  first_message: 'Hi, this is Sam at Northwind Catering. What can I help you with?',
  system_prompt: 'Be friendly, brief and honest.',
  emotion: false,
  hipaa: false,
  site_url: 'http://localhost:5173/',
  max_duration_s: 600,
  silence_s: 60,
  created_at: '2026-11-01T09:00:00.000Z',
};

const MARKUP = '<img src=x onerror="document.title=1"> & <b>bold</b>';

export const WIDGETS: readonly Widget[] = [
  {
    id: id('b1'),
    assistantId: SAM.id,
    background_color: '#FFFFFF',
    text_color: '#111827',
    button_color: '#0369A1',
    button_text_color: '#FFFFFF',
    border_color: '#E5E7EB',
    focus_outline_color: '#0284C7',
    card_radius: 12,
    button_radius: 8,
    start_call_button: 'Start call',
    end_call_button: 'End call',
    call_to_action: 'Talk to Northwind Catering',
    terms_and_condition: false,
    status: 'active',
    allowed_origins: ['https://northwind.example', 'https://www.northwind.example'],
    created_at: '2026-11-02T09:00:00.000Z',
  },
  {
    id: id('b2'),
    assistantId: SAM.id,
    background_color: '#1C1917',
    button_color: '#F59E0B',
    call_to_action: `Weddings ${MARKUP}`,
    terms_and_condition: true,
    terms_and_condition_content: 'This call is recorded.',
    status: 'paused',
    allowed_origins: [],
    created_at: '2026-11-03T09:00:00.000Z',
  },
  { id: id('b3'), status: 'draft', allowed_origins: [], created_at: '2026-11-04T09:00:00.000Z' },
];

const call = (last: string, minute: number, more: Partial<Call>): Call => ({
  id: id(last),
  type: 'web',
  status: 2,
  assistant_id: SAM.id,
  created_at: new Date(Date.UTC(2026, 10, 21, 14, minute)).toISOString(),
  ...more,
});

export const CALLS: readonly Call[] = [
  call('c4', 58, { status: 1, widget_id: id('b1'), started_at: '2026-11-21T14:58:02.000Z' }),
  call('c3', 41, {
    widget_id: id('b1'),
    started_at: '2026-11-21T14:41:01.000Z',
    ended_at: '2026-11-21T14:42:05.000Z',
    end_reason: 'visitor',
    duration_ms: 64_200,
    feedback: { rating: 4, comment: 'Quick and friendly, but it did not know your parking.' },
  }),
  call('c2', 12, {
    type: 'phone',
    started_at: '2026-11-21T14:12:09.000Z',
    ended_at: '2026-11-21T14:14:21.000Z',
    end_reason: 'assistant',
    duration_ms: 132_000,
    phone: {
      number: '+14155552671',
      from: '+14155550100',
      provider: 'twilio',
      status: 'completed',
      purchase_id: id('e1'),
    },
  }),
  call('c1', 3, {
    type: 'phone',
    ended_at: '2026-11-21T14:03:31.000Z',
    end_reason: 'no_answer',
    phone: {
      number: '+14155552671',
      from: '+14155550100',
      provider: 'twilio',
      status: 'no_answer',
      purchase_id: id('e1'),
    },
  }),
];

export const TALKED = CALLS[1]!;

const said = (role: Turn['role'], at_ms: number, end_ms: number, text: string, more: Partial<Turn> = {}): Turn => ({
  id: `${at_ms}`,
  role,
  text,
  at_ms,
  end_ms,
  interrupted: false,
  ...more,
});

export const TURNS: readonly Turn[] = [
  said('assistant', 300, 4_600, 'Hi, this is Sam at Northwind Catering. What can I help you with?'),
  said('user', 6_100, 8_900, 'What is on the menu on Sundays?'),
  said(
    'assistant',
    9_700,
    16_800,
    'On Sundays we serve brunch until two: shakshuka, waffles with plums, and our own bread with smoked trout from',
    { interrupted: true, answered: true },
  ),
  said('user', 16_200, 19_400, 'And do you have something vegan?'),
  said(
    'assistant',
    20_100,
    27_500,
    'Yes: the shakshuka comes without feta, and there is a chickpea pancake with herbs.',
    {
      answered: true,
    },
  ),
  said('user', 30_300, 33_100, 'Where can I park when I fetch it?'),
  said('assistant', 33_900, 39_000, 'I don’t know about parking. You can ask in the kitchen on 555-0100.', {
    answered: false,
  }),
  said('user', 46_000, 46_000, `Thanks! ${MARKUP}`),
  said('assistant', 46_900, 52_400, 'You are welcome. Anything else?', { interrupted: true }),
  said('user', 52_000, 54_300, 'No, that is all.'),
  said('assistant', 55_000, 58_200, 'Then enjoy your Sunday. Goodbye.'),
];

export const ANALYSIS: Analysis = {
  complete: true,
  duration_ms: 64_200,
  turns: { user: 5, assistant: 6 },
  talk_ratio: { user: 0.24, assistant: 0.76 },
  interruptions: 2,
  response_times_ms: { p50: 760, p95: 1_240 },
  words: { user: 31, assistant: 74 },
  questions: { asked: 3, answered: 2, unanswered: ['Where can I park when I fetch it?'] },
  summary: { text: 'The visitor asked for Sunday’s menu, vegan dishes and parking.', by: 'model' },
};

/** Of a call in which the visitor said nothing. */
export const NOTHING_SAID: Analysis = {
  complete: true,
  duration_ms: 7_000,
  turns: { user: 0, assistant: 1 },
  talk_ratio: { user: 0, assistant: 1 },
  interruptions: 0,
  response_times_ms: { p50: null, p95: null },
  words: { user: 0, assistant: 13 },
  questions: { asked: 0, answered: 0, unanswered: [] },
  summary: { text: '', by: 'extractive' },
};

const UNLIMITED = {
  expires_at: null,
  rate_limit_per_minute: null,
  rate_limit_per_hour: null,
  allowed_ips: [],
};

export const KEYS: readonly Key[] = [
  {
    id: id('d1'),
    name: 'local',
    key_start: 'indigenius_abcd',
    scopes: [
      'assistants:read',
      'assistants:write',
      'widgets:read',
      'widgets:write',
      'calls:read',
      'keys:read',
      'keys:write',
    ],
    ...UNLIMITED,
    created_at: '2026-11-01T09:00:00.000Z',
  },
  {
    id: id('d2'),
    name: 'Website proxy',
    key_start: 'indigenius_WxYz',
    scopes: ['widgets:read', 'widgets:write'],
    expires_at: '2099-01-01T00:00:00.000Z',
    rate_limit_per_minute: 120,
    rate_limit_per_hour: 2_000,
    allowed_ips: ['203.0.113.7', '198.51.100.0/24'],
    created_at: '2026-11-05T09:00:00.000Z',
  },
  {
    id: id('d3'),
    name: 'Nightly export',
    key_start: 'indigenius_0ld0',
    scopes: ['calls:read'],
    ...UNLIMITED,
    created_at: '2026-11-06T09:00:00.000Z',
    revoked_at: '2026-11-10T09:00:00.000Z',
  },
];

const SCOPES = [
  'assistants:read',
  'assistants:write',
  'widgets:read',
  'widgets:write',
  'calls:read',
  'calls:write',
  'keys:read',
  'keys:write',
];

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
}

type Answer = unknown;

/** What the platform answers to what; a test may put something else in its place. Answers are data, or a `Response`. */
export const ANSWERS: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'GET /v1/assistants': () => [{ id: SAM.id, name: SAM.name }],
  [`GET /v1/assistants/${SAM.id}`]: () => SAM,
  [`PATCH /v1/assistants/${SAM.id}`]: () => null,
  'POST /v1/assistants': () => null,
  'GET /v1/widgets': () => WIDGETS,
  'POST /v1/widgets': ({ body }) => ({ ...WIDGETS[2], ...body }),
  ...Object.fromEntries(WIDGETS.map((widget) => [`GET /v1/widgets/${widget.id}`, () => widget])),
  [`PATCH /v1/widgets/${WIDGETS[0]!.id}`]: ({ body }) => ({ ...WIDGETS[0], ...body }),
  [`DELETE /v1/widgets/${WIDGETS[0]!.id}`]: () => null,
  'GET /v1/calls': ({ path }) => {
    const type = new URL(path, 'http://x').searchParams.get('type');
    return CALLS.filter((one) => type === null || one.type === type).map((one) => ({ ...one, feedback: undefined }));
  },
  ...Object.fromEntries(
    CALLS.flatMap((one) => [
      [`GET /v1/calls/${one.id}`, () => one],
      [`GET /v1/calls/${one.id}/transcripts`, () => (one.status === 2 && one.started_at ? TURNS : [])],
      [`GET /v1/calls/${one.id}/analysis`, () => (one.started_at ? ANALYSIS : NOTHING_SAID)],
    ]),
  ),
  'GET /v1/auth/keys': () => KEYS,
  'GET /v1/auth/scopes': () => SCOPES.map((scope) => ({ scope, description: `What ${scope} lets a key do` })),
  'POST /v1/auth/keys': ({ body }) => ({ ...KEYS[1], ...body, key: 'indigenius_made-once-0123456789' }),
  ...Object.fromEntries(
    KEYS.flatMap((key) => [
      [`PATCH /v1/auth/keys/${key.id}/scopes`, () => key],
      [`POST /v1/auth/keys/${key.id}/rotate`, () => ({ ...key, key: 'indigenius_abcdROTATED' })],
      [`POST /v1/auth/keys/${key.id}/revoke`, () => key],
    ]),
  ),
};

export async function answerTo(
  asked: Asked,
  answers: Readonly<Record<string, (asked: Asked) => Answer>>,
): Promise<Response> {
  const answer = answers[`${asked.method} ${asked.path.split('?', 1)[0]}`];
  if (!answer) return refusal(404, `No ${asked.method} ${asked.path} here`);
  const data = await answer(asked);
  if (data instanceof Response) return data;
  const inPages = /^\/v1\/(?:assistants|widgets|calls|auth\/keys)(?:\?|$)/.test(asked.path);
  return Response.json({ status: true, message: 'Fine', data, ...(inPages && { next_cursor: null }) });
}

export function refusal(status: number, message: string): Response {
  return Response.json({ status: false, message, data: null }, { status });
}
