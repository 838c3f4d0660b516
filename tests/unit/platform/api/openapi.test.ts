import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPlatform, silentLogger, SCOPES } from '../../../../src/platform/platform.ts';
import { findPython } from '../../../python.ts';
import { openPlatform, PUBLIC_URL } from './api.ts';
import { DocumentedApi } from './documented.ts';

const root = join(import.meta.dirname, '../../../..');

/** Prints a line for each fault in the document on standard input, and in each of its schemas. */
const VALIDATE = `
import json, sys
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
meta, document = json.load(sys.stdin)
for error in Draft202012Validator(meta).iter_errors(document):
    print("/".join(map(str, error.absolute_path)), error.message[:200])
def schemas(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "schema": yield inner
            elif key == "schemas": yield from inner.values()
            elif key != "example": yield from schemas(inner)
    elif isinstance(value, list):
        for inner in value: yield from schemas(inner)
count = 0
for schema in schemas(document):
    count += 1
    try: Draft202012Validator.check_schema(schema)
    except SchemaError as error: print(json.dumps(schema)[:200], error.message[:200])
print("schemas:", count)
`;

describe('/openapi.json', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let api: DocumentedApi;
  beforeAll(async () => {
    opened = await openPlatform();
    api = await DocumentedApi.of(opened.platform.app);
  });
  afterAll(() => opened.platform.close());

  const python = findPython('jsonschema');

  function validate(document: unknown): string[] {
    const meta: unknown = JSON.parse(readFileSync(join(root, 'tests/fixtures/openapi-3.1.schema.json'), 'utf8'));
    const input = JSON.stringify([meta, document]);
    return execFileSync(python!, ['-c', VALIDATE], { input, encoding: 'utf8' }).trim().split('\n');
  }

  it.skipIf(python === null)('is valid by the schema of OpenAPI 3.1, and its schemas by that of JSON Schema', () => {
    const faults = validate(api.document);
    const schemas = Number(faults.pop()?.replace('schemas: ', ''));
    expect(faults).toEqual([]);
    expect(schemas).toBeGreaterThan(100);
  });

  it.skipIf(python === null)('would not be, were it wrong', () => {
    const { '/v1/widgets': item } = api.document.paths;
    const wrongParameter = { ...item!['get'], parameters: [{ name: 'limit', in: 'nowhere', schema: {} }] };
    const wrongSchema = { type: 'text' };
    expect(validate({ ...api.document, paths: { '/v1/widgets': { get: wrongParameter } } }).join('\n')).toContain(
      'paths//v1/widgets/get/parameters/0',
    );
    expect(validate({ ...api.document, components: { schemas: { Wrong: wrongSchema } } }).join('\n')).toContain(
      '{"type": "text"}',
    );
  });

  it('has title, version, server and key', () => {
    const { openapi, info, servers, components } = api.document;
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(openapi).toBe('3.1.0');
    expect(info).toMatchObject({ title: 'Indigenius API', version });
    expect(servers).toEqual([{ url: PUBLIC_URL }]);
    expect(components.securitySchemes).toMatchObject({ ApiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } });
  });

  it('names the host that it was asked at where no public URL is known', async () => {
    const { app } = createPlatform({ store: opened.store, logger: silentLogger });
    const response = await app.request('http://127.0.0.1:8787/openapi.json');
    expect(await response.json()).toMatchObject({ servers: [{ url: 'http://127.0.0.1:8787' }] });
  });

  it('has every route below /v1, and nothing else', () => {
    const routes = opened.platform.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = api.operations.map(({ method, path }) => `${method} ${path}`);
    expect([...described].sort()).toEqual([...new Set(routes)].sort());
    expect(described.length).toBeGreaterThanOrEqual(14);
  });

  it('has words for each operation, an id of its own, and a tag that is explained', () => {
    const tags = api.document.tags.map(({ name }) => name);
    for (const { method, path, operation } of api.operations) {
      const what = `${method} ${path}`;
      expect(operation.operationId, `${what} has an id`).toMatch(/^[a-z]+[A-Za-z]*$/);
      expect(operation.summary, `${what} has a summary`).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.description, `${what} has a description`).toMatch(/^[A-Z][^]*\.\n\nScope: `\w+:\w+`$/);
      expect(operation.tags, `${what} has a tag`).toHaveLength(1);
      expect(tags, `${what} has a tag that is explained`).toContain(operation.tags[0]);
    }
    const ids = api.operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names the scope that each operation asks for', async () => {
    const known: readonly string[] = SCOPES;
    for (const { method, path, operation } of api.operations) {
      const scope = operation.security[0]?.ApiKey[0] ?? 'none';
      expect(known, `${method} ${path}`).toContain(scope);
      const others = await opened.caller(
        'Acme Inc',
        SCOPES.filter((each) => each !== scope),
      );
      const { status, body } = await others.call(method, path.replace('{id}', '0'.repeat(24)));
      expect({ status, message: body['message'] }).toEqual({
        status: 403,
        message: `The API key lacks the scope ${scope}`,
      });
    }
  });

  it('describes every parameter, and has an id in the path where the path says so', () => {
    for (const { method, path, operation } of api.operations) {
      const parameters = operation.parameters ?? [];
      for (const { name, description } of parameters) expect(description, `${method} ${path} ${name}`).toBeTruthy();
      const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`);
      expect(inPath, `${method} ${path}`).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it('has one success for each operation, and the failures that every operation has', () => {
    for (const { method, path, operation } of api.operations) {
      const statuses = Object.keys(operation.responses);
      expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(['401', '403', '413', '429', '500']));
      expect(
        statuses.filter((status) => status.startsWith('2')),
        `${method} ${path}`,
      ).toHaveLength(1);
      const ofThese = [...(operation.requestBody ? ['400'] : []), ...(path.includes('{id}') ? ['404'] : [])];
      expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(ofThese));
    }
  });

  it('has an example for each body and each answer, which is what its schema says', () => {
    for (const { method, path, operation } of api.operations) {
      const described = [
        ...(operation.requestBody ? [['body', operation.requestBody.content] as const] : []),
        ...Object.entries(operation.responses).map(([status, { content }]) => [status, content] as const),
      ];
      for (const [what, content] of described) {
        const { schema, example } = content?.['application/json'] ?? {};
        expect(example, `${method} ${path} ${what} has an example`).toBeDefined();
        expect(api.faultsIn(example, schema!), `${method} ${path} ${what}`).toBeNull();
      }
    }
  });

  it('has an example of a key that can be made for as long as anybody reads it', async () => {
    const { content } = api.operationFor('POST', '/v1/auth/keys')!.requestBody!;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2090-01-01') });
    onTestFinished(() => void vi.useRealTimers());
    const acme = await opened.caller('Acme Inc');
    const { status } = await acme.call('POST', '/v1/auth/keys', content['application/json']!.example);
    expect(status).toBe(201);
  });

  it('refers to nothing that it has not', () => {
    const names = [...JSON.stringify(api.document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const [, schema] = /^#\/components\/schemas\/(\w+)$/.exec(name) ?? [];
      expect(Object.keys(api.document.components.schemas), `${name} is there`).toContain(schema);
    }
  });

  it('is what answers are held against: one that differs is told', () => {
    const gone = { status: false, message: 'Widget not found', data: null };
    expect(api.faultOf('GET', '/v1/widgets/x', 404, gone)).toBeNull();
    expect(api.faultOf('GET', '/v1/widgets/x', 409, gone)).toContain('getWidget has not');
    expect(api.faultOf('GET', '/v1/widgets/x', 404, { ...gone, stack: 'at main.ts' })).toContain('stack');
    expect(api.faultOf('POST', '/v1/assistants', 201, { status: true })).toContain('message');
    expect(api.faultOf('GET', '/v1/nothing', 404, gone)).toBeNull();
    expect(api.faultOf('GET', '/v1/nothing', 200, gone)).toContain('200');
  });
});
