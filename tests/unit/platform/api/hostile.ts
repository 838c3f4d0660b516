/** Requests that nobody should send, made of an operation's own description: each is a good one with something wrong. */

import * as fc from 'fast-check';
import type { Operation } from './documented.ts';

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/** What a good request is made of. */
export interface Surroundings {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  /** The fields that its body may have. */
  readonly fields: readonly string[];
  readonly key: string;
  /** Ids of the caller's rows, by the name of the field that has them (`assistantId`), and by the path's group. */
  readonly own: Readonly<Record<string, string>>;
  /** Ids of another organisation's rows. */
  readonly foreign: readonly string[];
}

const NUL = '\u0000';
const LONE = ['\ud800', 'a\udfff', '\udc00\ud800'];
const WORDS = [
  '',
  ' ',
  NUL,
  `Sam${NUL}`,
  ...LONE,
  "'; drop table widgets; --",
  '${7*7}{{7*7}}<script>alert(1)</script>',
  '../../../../etc/passwd',
  '\u202e\u2066\ufeff\u0301',
  'x'.repeat(201),
  '💣'.repeat(40_000),
  `http://a.example/${NUL}`,
  `https://a.example:99999`,
  'http://[::1',
  'javascript:alert(1)',
  `https://a.example/\ud800`,
];
const NUMBERS = [0, -0, -1, 1.5, 5e-324, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21];

const text = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

/** Any value that JSON can say, of any type. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { toString: 1 }, ...NUMBERS),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.array(text, { maxLength: 4 }),
  fc.array(fc.constant('https://a.example'), { minLength: 101, maxLength: 110 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'organisationId'];

/** As an address has it: half a character is none. */
function wellFormed(word: string): string {
  return word.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** An id as it may stand in a path or a body, whosever it is. */
function ids({ own, foreign }: Surroundings): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...foreign) },
    { weight: 2, arbitrary: fc.constantFrom(...Object.values(own)) },
    fc.stringMatching(/^[0-9a-f]{24}$/),
    fc.constantFrom(...foreign.map((id) => id.toUpperCase()), ...foreign.map((id) => `${id} `), 'f'.repeat(20_000)),
    text,
  );
}

/** A path's segment: encoded, half encoded, or not at all. */
function segment(from: Surroundings): fc.Arbitrary<string> {
  const raw = fc.constantFrom('%', '%zz', '%00', '%ED%A0%80', '%C0%AF', '%2e%2e%2fcalls', '..%2f..%2fhealthz', 'a;b=c');
  const encoded = ids(from).map((id) => encodeURIComponent(wellFormed(id)) || '%20');
  return fc.oneof({ weight: 4, arbitrary: encoded }, raw);
}

function cursors({ foreign }: Surroundings): fc.Arbitrary<string> {
  const moment = fc.oneof(
    fc.constantFrom('0', '999999999999999', '8640000000000000', '-1', '1e3', '253402300800000', '000000000000001'),
    fc.integer({ min: 0, max: 999_999_999_999_999 }).map(String),
  );
  const id = fc.constantFrom(...foreign, '', NUL, '0'.repeat(24), 'g'.repeat(24));
  const made = fc.tuple(moment, id).map(([ms, id]) => Buffer.from(`${ms}.${id}`).toString('base64url'));
  return fc.oneof(
    made,
    text.map((word) => wellFormed(word)),
  );
}

function query(from: Surroundings): fc.Arbitrary<string> {
  const names = (from.operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
  const name = fc.constantFrom(...names, ...names.map((each) => `${each}[]`), 'limit', 'cursor', ...PROTOTYPE, '');
  const value = fc.oneof(
    cursors(from),
    ids(from).map((id) => wellFormed(id)),
    fc.constantFrom('1', '0', '101', '-1', '1e2', '0x10', 'NaN', 'Infinity', ' 5 ', '1'.repeat(400), '%', 'true', '[]'),
  );
  const pair = fc.tuple(name, value).map(([key, word]) => `${key}=${encodeURIComponent(word)}`);
  const raw = fc.constantFrom('limit', '&&&', 'limit=%zz', 'cursor=%ED%A0%80', 'limit=1&limit=1', 'limit=5;cursor=');
  const pairs = fc.array(fc.oneof({ weight: 5, arbitrary: pair }, raw), { minLength: 1, maxLength: 4 });
  return pairs.map((each) => `?${each.join('&')}`);
}

const TEXTS = [
  '',
  '{',
  '{"name":',
  '[1,2',
  'nothing',
  '"text"',
  'null',
  '1e999',
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '{"name":"\\ud800"}',
  '{"name":"\\u0000"}',
  "{'name': 'Sam'}",
  '['.repeat(60_000),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"name":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
  `{"max_tokens":${'9'.repeat(5_000)}}`,
  '{"name":"a","name":{"b":1},"__proto__":{"name":"c"}}',
];

/** A good body, as the description's example, of the caller's own rows. */
function goodBody({ operation, own }: Surroundings): Readonly<Record<string, unknown>> | null {
  const example = operation.requestBody?.content['application/json']?.example;
  if (example === undefined) return null;
  const fields = Object.entries(example as Record<string, unknown>);
  return Object.fromEntries(fields.map(([name, value]) => [name, own[name] ?? value]));
}

const bytes = (body: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(body);

/** A good body with wrong fields, or what is no body at all. */
function bodies(from: Surroundings): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const good = goodBody(from) ?? {};
  const names = Object.keys(good);
  const name = fc.constantFrom(...names, ...names, ...from.fields, ...PROTOTYPE, 'id', 'status');
  const change = fc.tuple(name, fc.oneof({ weight: 3, arbitrary: junk }, ids(from), fc.constant(undefined)));
  const changed = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    // Names such as __proto__ must be fields of their own.
    const fields = new Map([...Object.entries(good), ...changes]);
    const written = [...fields].filter(([, value]) => value !== undefined);
    return bytes(`{${written.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`);
  });
  return fc.oneof(
    { weight: 8, arbitrary: changed },
    { weight: 2, arbitrary: junk.map((value) => bytes(JSON.stringify(value))) },
    { weight: 2, arbitrary: fc.constantFrom(...TEXTS).map(bytes) },
    fc.uint8Array({ maxLength: 60 }).map((array) => Uint8Array.from(array)),
    fc.nat({ max: 300 }).map((length) => bytes(JSON.stringify(good)).map((byte, i) => (i === length ? 0xff : byte))),
  );
}

const TYPES = [
  'application/json; charset=utf-16',
  'application/json;;',
  'application/vnd.api+json',
  'APPLICATION/JSON',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  '*/*',
  '',
];

function headers({ key }: Surroundings): fc.Arbitrary<Record<string, string>> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TYPES).map((type) => ({ 'Content-Type': type })) },
    fc.constantFrom<Record<string, string>>(
      { 'X-API-Key': '' },
      { 'X-API-Key': `${key}, ${key}` },
      { 'X-API-Key': key.slice(0, -1) },
      { 'X-API-Key': 'x'.repeat(10_000) },
      { 'X-API-Key': '\u00ff\u00fe' },
      { 'Content-Length': '999999999' },
      { 'Content-Length': '-1' },
      { 'Content-Length': 'many' },
      { 'Content-Encoding': 'gzip' },
      { 'X-Forwarded-For': '::ffff:1.2.3.4, nobody', Forwarded: 'for=";drop"' },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { Range: 'bytes=0-1', 'If-Modified-Since': 'never', Expect: '200-ok' },
      { Accept: 'text/html', 'Accept-Encoding': 'br;q=x', Origin: 'null', Cookie: '__proto__=1' },
      { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
    ),
  );
}

/** Each field of the body and each parameter of the query with each value that has ever been one too many. */
export function everyWrongValue(from: Surroundings): readonly HostileRequest[] {
  const { method, path, operation, key, own } = from;
  const good = goodBody(from);
  const request = (query: string, body: unknown): HostileRequest => ({
    method,
    path: goodPath(from) + query,
    headers: { 'X-API-Key': key, ...(body !== null && { 'Content-Type': 'application/json' }) },
    body: body === null ? null : bytes(JSON.stringify(body)),
  });
  const values = [...WORDS, ...NUMBERS, null, true, [], {}, [NUL], [[NUL]], { a: NUL }, own['assistants']!];
  const ofBody = from.fields.flatMap((field) => values.map((value) => request('', { ...good, [field]: value })));
  const inQuery = (operation.parameters ?? []).filter((each) => each.in === 'query');
  const ofQuery = inQuery.flatMap(({ name }) =>
    [...WORDS, ...NUMBERS.map(String)]
      .filter((word) => word.length < 1_000)
      .flatMap((word) => [`?${name}=${encodeURIComponent(wellFormed(word))}`, `?${name}=1&${name}=${word.length}`])
      .map((query) => request(query, good)),
  );
  const inPath = path.includes('{') ? WORDS.map((word) => encodeURIComponent(wellFormed(word)) || '%20') : [];
  const ofPath = inPath.map((id) => ({ ...request('', good), path: path.replace(/\{\w+\}/, () => id) }));
  return [...ofBody, ...ofQuery, ...ofPath];
}

function goodPath({ path, own }: Surroundings): string {
  return path.replace(/\{\w+\}/, () => own[path.split('/')[2]!]!);
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'patch', 'GETX'];

export function hostileRequests(from: Surroundings): fc.Arbitrary<HostileRequest> {
  const good = goodBody(from);
  const hasId = from.path.includes('{');
  const wrong = fc.oneof(
    { weight: good ? 10 : 1, arbitrary: fc.record({ body: bodies(from) }) },
    { weight: hasId ? 5 : 0, arbitrary: fc.record({ id: segment(from) }) },
    { weight: good ? 1 : 4, arbitrary: fc.record({ query: query(from) }) },
    { weight: 2, arbitrary: fc.record({ headers: headers(from) }) },
    { weight: 1, arbitrary: fc.record({ method: fc.constantFrom(...METHODS) }) },
  );
  type Wrong = {
    id?: string;
    query?: string;
    headers?: Record<string, string>;
    method?: string;
    body?: Uint8Array<ArrayBuffer>;
  };
  return fc.array<Wrong>(wrong, { minLength: 1, maxLength: 3 }).map((wrongs) => {
    const all: Wrong = Object.assign({}, ...wrongs);
    const method = all.method ?? from.method;
    const bodiless = /^(?:GET|HEAD)$/i.test(method);
    const body = bodiless ? null : (all.body ?? (good && bytes(JSON.stringify(good))));
    return {
      method,
      path: (all.id === undefined ? goodPath(from) : from.path.replace(/\{\w+\}/, () => all.id!)) + (all.query ?? ''),
      headers: { 'X-API-Key': from.key, ...(body && { 'Content-Type': 'application/json' }), ...all.headers },
      body,
    };
  });
}
