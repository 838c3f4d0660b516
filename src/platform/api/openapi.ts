/** `/openapi.json`: the API's description in OpenAPI 3.1, made of the routes themselves and the words of `operations.ts`. */

import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRequire } from 'node:module';
import type { PlatformEnv } from './env.ts';
import { OPERATIONS } from './operations.ts';

type App = OpenAPIHono<PlatformEnv>;
type Document = ReturnType<App['getOpenAPI31Document']>;
type PathItem = NonNullable<Document['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const INTRODUCTION = `
Answers are \`{"status": true, "message", "data"}\`, failures \`{"status": false, "message", "data": null}\`, some with a
\`code\` for programs. Ids are 24 hexadecimal digits, times UTC in ISO 8601. A list has at most \`limit\` entries; where
there are more, \`next_cursor\` is the \`cursor\` of the next request.
`.trim();

const TAGS = [
  { name: 'Assistants', description: 'Who answers a call.' },
  { name: 'Widgets', description: 'Where on a site an assistant can be called, and how that looks.' },
  { name: 'Calls', description: 'Calls of visitors and to telephones: their progress, transcript and analysis.' },
  { name: 'Phone numbers', description: 'Numbers that calls go out from, and who speaks on them.' },
  { name: 'Keys', description: 'API keys: their scopes, limits and life.' },
];

/** By the path's group, as `/v1/widgets`. */
const TAG_OF: Readonly<Record<string, string>> = {
  assistants: 'Assistants',
  widgets: 'Widgets',
  calls: 'Calls',
  'phone-purchases': 'Phone numbers',
  auth: 'Keys',
};

const FAILURE_EXAMPLES: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries({
    400: 'name: must not be empty',
    401: 'The API key is unknown, revoked or expired',
    403: 'The API key lacks the scope widgets:read',
    404: 'Widget not found',
    409: 'The call does not ring',
    413: 'The body is over 262144 bytes',
    429: 'The API key has used up its requests',
    500: 'Internal server error',
  }).map(([status, message]) => [status, { status: false, message, data: null }]),
);

// Beside `src` as beside `dist`.
const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

/** Adds the route. Its document has every route below `/v1` that the app has when it is first asked for. */
export function describeApi(app: App): void {
  let document: Document | null = null;
  app.get('/openapi.json', (c) => {
    document ??= documentOf(app);
    return c.json({ ...document, servers: [{ url: c.var.publicOrigin }] });
  });
}

function documentOf(app: App): Document {
  app.openAPIRegistry.registerComponent('securitySchemes', 'ApiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'A key of your organization. Each operation says which scope it asks for.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Indigenius API', version, description: INTRODUCTION },
  });
  const scopes = scopesOf(app);
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      const name = `${method.toUpperCase()} ${path}`;
      if (operation) describe(operation, name, scopes.get(name));
    }
  }
  const used = new Set(Object.values(document.paths ?? {}).flatMap(tagsOf));
  return { ...document, tags: TAGS.filter(({ name }) => used.has(name)) };
}

function tagsOf(item: PathItem): string[] {
  return METHODS.flatMap((method) => item[method]?.tags ?? []);
}

/** What each route's middleware asks for, by method and path. */
function scopesOf(app: App): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>();
  for (const { method, path, handler } of app.routes) {
    if (!('scope' in handler) || typeof handler.scope !== 'string') continue;
    scopes.set(`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`, handler.scope);
  }
  return scopes;
}

function describe(operation: Operation, name: string, scope: string | undefined): void {
  const [, , group = ''] = name.split('/');
  operation.tags = [TAG_OF[group] ?? group];
  operation.security = [{ ApiKey: scope === undefined ? [] : [scope] }];
  const text = OPERATIONS[name];
  if (text) {
    operation.operationId = text.id;
    operation.summary = text.summary;
    operation.description = text.description;
    for (const parameter of operation.parameters ?? []) {
      const meaning = 'name' in parameter ? text.parameters?.[parameter.name] : undefined;
      if (meaning !== undefined && 'name' in parameter) parameter.description ??= meaning;
    }
    if (text.body !== undefined) exemplify(operation.requestBody, text.body);
  }
  if (scope !== undefined) {
    operation.description = `${operation.description ?? ''}\n\nScope: \`${scope}\``.trim();
  }
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    exemplify(answer, status.startsWith('2') ? text?.answer : FAILURE_EXAMPLES[status]);
  }
}

function exemplify(
  described: { content?: Record<string, { example?: unknown }> } | object | undefined,
  example: unknown,
): void {
  const media = described && 'content' in described ? described.content?.['application/json'] : undefined;
  if (media && example !== undefined) media.example = example;
}
