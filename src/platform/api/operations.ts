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
/** No key can be made that is over already, and an example is sent as it stands for as long as it is read. */
const EXPIRES_AT = '2099-12-31T23:59:59.000Z';

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

const phoneCall = {
  ...call,
  type: 'phone',
  status: 0,
  phone: {
    number: '+14155552671',
    from: '+14155550100',
    provider: 'twilio',
    purchase_id: ID,
    status: 'ringing',
    ringing_at: CREATED_AT,
  },
};

const purchase = {
  id: ID,
  phone_number: '+14155550100',
  provider: 'twilio',
  assistant_id: ASSISTANT_ID,
  created_at: CREATED_AT,
};

const key = {
  id: ID,
  name: 'Booking page',
  key_start: 'indigenius_Ab3d',
  scopes: ['widgets:read', 'widgets:write'],
  expires_at: EXPIRES_AT,
  rate_limit_per_minute: 60,
  rate_limit_per_hour: 1_000,
  allowed_ips: ['203.0.113.0/24'],
  created_at: CREATED_AT,
};

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
    description: 'The calls of your organization, newest first, or those of a kind.',
    parameters: {
      type: 'Calls of this type only',
      status: 'Calls that have come this far only',
      assistant_id: 'Calls with this assistant only',
      widget_id: 'Calls through this widget only',
    },
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
        {
          id: 'a1',
          role: 'assistant',
          text: 'Hello, this is Sam. What can I help you with?',
          at_ms: 0,
          end_ms: 2_900,
          started_at: '2026-11-20T09:30:01.000Z',
          interrupted: false,
        },
        {
          id: 'u1',
          role: 'user',
          text: 'Do you deliver?',
          at_ms: 3_200,
          end_ms: 4_300,
          started_at: '2026-11-20T09:30:04.200Z',
          interrupted: false,
        },
      ],
    },
  },
  'GET /v1/calls/{id}/analysis': {
    id: 'getCallAnalysis',
    summary: "Get a call's analysis",
    description: 'A call in figures, and summed up; of a call that goes on, what there is so far.',
    answer: {
      status: true,
      message: 'Analysis fetched',
      data: {
        complete: true,
        duration_ms: 64_500,
        turns: { user: 3, assistant: 4 },
        talk_ratio: { user: 0.4, assistant: 0.6 },
        interruptions: 1,
        response_times_ms: { p50: 640, p95: 910 },
        words: { user: 21, assistant: 58 },
        questions: { asked: 2, answered: 1, unanswered: ['Do you deliver on Sundays?'] },
        summary: { text: 'Do you deliver? We deliver within 30 miles.', by: 'extractive' },
      },
    },
  },
  'POST /v1/calls/phone/initiate': {
    id: 'initiatePhoneCall',
    summary: 'Call a telephone',
    description:
      'Calls a number from one of yours; the assistant of your number speaks. What becomes of the call is in its ' +
      '`phone.status`. Unless the platform is given a dialler, a simulated telephone rings, at the end of `/docs`.',
    body: { phone_purchase_id: ID, phoneNumber: '+14155552671', provider: 'twilio' },
    answer: { status: true, message: 'Phone call initiated', data: phoneCall },
  },
  'POST /v1/calls/{id}/answer': {
    id: 'answerPhoneCall',
    summary: 'Pick up on the simulated telephone',
    description:
      'Connect a WebSocket to `gateway.url` to talk. A call that does not ring, or rings elsewhere, answers 409.',
    answer: { status: true, message: 'Call answered', data: { callId: CALL_ID, gateway: gatewayOf(CALL_ID) } },
  },
  'POST /v1/calls/{id}/decline': {
    id: 'declinePhoneCall',
    summary: 'Decline on the simulated telephone',
    description: 'Ends a call that rings. One that does not ring, or rings elsewhere, answers 409.',
    answer: {
      status: true,
      message: 'Call declined',
      data: { ...phoneCall, status: 2, phone: { ...phoneCall.phone, status: 'declined' } },
    },
  },
  'GET /v1/phone-purchases': {
    id: 'listPhonePurchases',
    summary: 'List phone numbers',
    description: 'The numbers that your organization calls from, oldest first.',
    answer: { status: true, message: 'Phone purchases fetched', data: [purchase], next_cursor: null },
  },
  'POST /v1/phone-purchases': {
    id: 'registerPhonePurchase',
    summary: 'Register a phone number',
    description: 'A number that was bought from a provider, and the assistant that speaks when it calls.',
    body: { phone_number: '+14155550100', provider: 'twilio', assistant_id: ASSISTANT_ID },
    answer: { status: true, message: 'Phone purchase registered', data: purchase },
  },
  'GET /v1/auth/keys': {
    id: 'listKeys',
    summary: 'List API keys',
    description: 'The keys of your organization, oldest first, revoked ones too. None shows more than its start.',
    answer: { status: true, message: 'API keys fetched', data: [key], next_cursor: null },
  },
  'POST /v1/auth/keys': {
    id: 'createKey',
    summary: 'Create an API key',
    description: 'The answer shows the key this once. A key can be given no scope that the one which creates it lacks.',
    body: {
      name: 'Booking page',
      scopes: ['widgets:read', 'widgets:write'],
      expires_at: EXPIRES_AT,
      rate_limit_per_minute: 60,
      rate_limit_per_hour: 1_000,
      allowed_ips: ['203.0.113.0/24'],
    },
    answer: {
      status: true,
      message: 'API key created successfully',
      data: { ...key, key: 'indigenius_Ab3d…' },
    },
  },
  'GET /v1/auth/scopes': {
    id: 'listScopes',
    summary: 'List scopes',
    description: 'What a key can be allowed to do.',
    answer: {
      status: true,
      message: 'Scopes fetched',
      data: [{ scope: 'widgets:read', description: 'List and read widgets' }],
    },
  },
  'PATCH /v1/auth/keys/{id}/scopes': {
    id: 'replaceKeyScopes',
    summary: "Replace a key's scopes",
    description: 'From the next request on. A key that is revoked answers 409.',
    body: { scopes: ['widgets:read'] },
    answer: { status: true, message: 'API key scopes updated', data: { ...key, scopes: ['widgets:read'] } },
  },
  'POST /v1/auth/keys/{id}/rotate': {
    id: 'rotateKey',
    summary: 'Rotate an API key',
    description:
      'The answer shows a new key this once; the one before it is no longer valid. A revoked key answers 409.',
    answer: { status: true, message: 'API key rotated', data: { ...key, key: 'indigenius_Ef5g…' } },
  },
  'POST /v1/auth/keys/{id}/revoke': {
    id: 'revokeKey',
    summary: 'Revoke an API key',
    description: 'It is valid no more, and never again. Revoking it twice is no failure.',
    answer: { status: true, message: 'API key revoked', data: { ...key, revoked_at: CREATED_AT } },
  },
};
