/**
 * What the API's description says of each operation beside its schemas: a name, sentences and examples. Paths,
 * parameters, bodies, answers and scopes are the routes' own (`openapi.ts` joins them).
 */

export interface OperationText {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** What parameters mean that have no words of their own, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A body, as an example. */
  readonly body?: unknown;
  /** What a success answers, as an example. */
  readonly answer: unknown;
}

const ID = '665e4a34c65bb95f2f2d72e1';
const ASSISTANT_ID = '665e4a34c65bb95f2f2d72e2';
const CALL_ID = '665e4a34c65bb95f2f2d72e9';
const CREATED_AT = '2026-11-20T09:30:00.000Z';

const newAssistant = {
  name: 'Sales Assistant',
  company_name: 'Acme Inc',
  industry: 'ecommerce',
  language: 'English',
  voice: 'female',
  task_type: 'lead_qualification',
};

const widgetFields = {
  assistantId: ASSISTANT_ID,
  background_color: '#FFFFFF',
  text_color: '#111827',
  button_color: '#0EA5E9',
  button_text_color: '#FFFFFF',
  border_color: '#E5E7EB',
  focus_outline_color: '#38BDF8',
  card_radius: 12,
  button_radius: 8,
  start_call_button: 'Start call',
  end_call_button: 'End call',
  call_to_action: 'Talk to Sales',
  terms_and_condition: true,
  terms_and_condition_content: 'By continuing, you agree to recording terms.',
  allowed_origins: ['https://app.example.com'],
};

const widget = { ...widgetFields, id: ID, status: 'active', created_at: CREATED_AT };
const call = { id: ID, type: 'web', status: 1, assistant_id: ASSISTANT_ID, created_at: CREATED_AT };

const gatewayOf = (callId: string) => ({
  transport: 'websocket',
  path: '/new-web-call/connection',
  url: `wss://api.indigenius.ai/new-web-call/connection?assistant_id=${ASSISTANT_ID}&call_id=${callId}`,
});

/** By method and path, as `GET /v1/widgets/{id}`. */
export const OPERATIONS: Readonly<Record<string, OperationText>> = {
  'GET /v1/assistants': {
    id: 'listAssistants',
    summary: 'List assistants',
    description: 'The assistants of your organization, oldest first.',
    answer: {
      status: true,
      message: 'Assistants fetched',
      data: [{ id: ID, name: 'Sales Assistant' }],
      next_cursor: null,
    },
  },
  'POST /v1/assistants': {
    id: 'createAssistant',
    summary: 'Create an assistant',
    description: 'The answer has no id: the newest assistant is the last in the list.',
    body: newAssistant,
    answer: { status: true, message: 'Assistant created successfully' },
  },
  'GET /v1/assistants/{id}': {
    id: 'getAssistant',
    summary: 'Get an assistant',
    description: 'One assistant with all of its settings; what nobody has set is left out.',
    answer: {
      status: true,
      message: 'Assistant details fetched',
      data: { id: ID, ...newAssistant, emotion: false, hipaa: false, created_at: CREATED_AT },
    },
  },
  'PATCH /v1/assistants/{id}': {
    id: 'updateAssistant',
    summary: 'Update an assistant',
    description:
      'Changes the fields that the body has, and clears those that are null. `id` repeats the one in the path.',
    body: {
      first_message: 'Hello, I can help with product questions.',
      system_prompt: 'You are a concise support assistant.',
      provider: 'open_ai',
      model: 'gpt-4o-mini',
      temperature: 0.7,
      response_count: 3,
      max_tokens: 400,
      name: 'Sales Assistant',
      language: 'English',
      emotion: false,
      hipaa: false,
      id: ID,
    },
    answer: { status: true, message: 'Assistant updated successfully' },
  },
  'GET /v1/widgets': {
    id: 'listWidgets',
    summary: 'List widgets',
    description: 'The widgets of your organization, oldest first.',
    answer: { status: true, message: 'Widgets fetched', data: [widget], next_cursor: null },
  },
  'POST /v1/widgets': {
    id: 'createWidget',
    summary: 'Create a widget',
    description: 'The body may be missing: a widget takes its assistant and its looks from a later update, too.',
    body: widgetFields,
    answer: { status: true, message: 'Widget created successfully', data: widget },
  },
  'GET /v1/widgets/{id}': {
    id: 'getWidget',
    summary: 'Get a widget',
    description: 'One widget with all of its fields; what nobody has set is left out.',
    answer: { status: true, message: 'Widget details fetched', data: widget },
  },
  'PATCH /v1/widgets/{id}': {
    id: 'updateWidget',
    summary: 'Update a widget',
    description: 'Changes the fields that the body has, and clears those that are null.',
    body: widgetFields,
    answer: { status: true, message: 'Widget updated successfully', data: widget },
  },
  'DELETE /v1/widgets/{id}': {
    id: 'deleteWidget',
    summary: 'Delete a widget',
    description: 'No call starts through it any more; the calls that it has had stay.',
    answer: { status: true, message: 'Widget deleted successfully' },
  },
  'POST /v1/widgets/create-call': {
    id: 'createWidgetCall',
    summary: "Create a visitor's call",
    description:
      'Connect a WebSocket to `gateway.url` to talk. A widget that is paused or a draft answers 403 with the code ' +
      '`widget_paused` or `widget_draft`, one without an assistant 400.',
    body: { widget_id: ID },
    answer: {
      status: true,
      message: 'Call created',
      call_id: CALL_ID,
      assistant_id: ASSISTANT_ID,
      gateway: gatewayOf(CALL_ID),
    },
  },
  'GET /v1/calls': {
    id: 'listCalls',
    summary: 'List calls',
    description: 'The calls of your organization, newest first.',
    answer: { status: true, message: 'Calls fetched', data: [call], next_cursor: null },
  },
  'POST /v1/calls/initiate': {
    id: 'initiateCall',
    summary: 'Create a web call',
    description: 'A call with an assistant, without a widget. Connect a WebSocket to `gateway.url` to talk.',
    body: { assistantId: ASSISTANT_ID, type: 'web' },
    answer: {
      status: true,
      message: 'Call initiated with location data',
      callId: ID,
      gateway: gatewayOf(ID),
    },
  },
  'GET /v1/calls/{id}': {
    id: 'getCall',
    summary: 'Get a call',
    description: 'How far a call has come, and how its visitor rated it.',
    answer: {
      status: true,
      message: 'Call details fetched',
      data: {
        ...call,
        status: 2,
        started_at: '2026-11-20T09:30:01.000Z',
        ended_at: '2026-11-20T09:31:05.500Z',
        end_reason: 'visitor',
        duration_ms: 64_500,
        feedback: { rating: 5, comment: 'Quick' },
      },
    },
  },
  'GET /v1/calls/{id}/transcripts': {
    id: 'getCallTranscript',
    summary: "Get a call's transcript",
    description: 'What was said, in its order, during the call already.',
    answer: {
      status: true,
      message: 'Transcripts fetched',
      data: [
        { id: 'a1', role: 'assistant', text: 'Hello, this is Sam. What can I help you with?', at_ms: 0 },
        { id: 'u1', role: 'user', text: 'Do you deliver?', at_ms: 3_200 },
      ],
    },
  },
};
