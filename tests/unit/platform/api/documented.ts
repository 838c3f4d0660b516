/** Holds answers against `/openapi.json`: their status must be declared, and their body must be what is declared there. */

import type { Hono } from 'hono';
import { z } from 'zod';
import type { PlatformEnv } from '../../../../src/platform/api/env.ts';

export type Schema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
type Media = { readonly 'application/json'?: { readonly schema: Schema; readonly example?: unknown } };

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly { readonly ApiKey: readonly string[] }[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Media }>>;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** The app, as far as asking it goes. */
export type App = Pick<Hono<PlatformEnv>, 'request'>;

export class DocumentedApi {
  readonly document: ApiDocument;
  /** Every operation, with its method in capitals and its path as it is declared. */
  readonly operations: readonly { readonly method: string; readonly path: string; readonly operation: Operation }[];
  readonly #bySchema = new Map<Schema, z.ZodType>();

  constructor(document: ApiDocument) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  static async of(app: App): Promise<DocumentedApi> {
    const response = await app.request('/openapi.json');
    return new DocumentedApi((await response.json()) as ApiDocument);
  }

  /** The operation that a request is for; a path spelled out goes before one with an id. */
  operationFor(method: string, path: string): Operation | undefined {
    const here = this.operations.filter((each) => each.method === method && matches(each.path, path));
    return (here.find((each) => !each.path.includes('{')) ?? here[0])?.operation;
  }

  /** The names of the fields that an operation's body may have. */
  bodyFields({ requestBody }: Operation): readonly string[] {
    const schema = requestBody?.content['application/json']?.schema;
    const [, name = ''] = /\/([^/]+)$/.exec(schema?.$ref ?? '') ?? [];
    return Object.keys((this.document.components.schemas[name] ?? schema)?.properties ?? {});
  }

  /** What is wrong with an answer below `/v1`; null where nothing is. */
  faultOf(method: string, path: string, status: number, body: unknown): string | null {
    const operation = this.operationFor(method, path);
    const declared = operation?.responses[status]?.content?.['application/json'];
    // What is no operation fails like one: 401 without a key, and 404 with one.
    if (operation && !declared) return `${method} ${path} answers ${status}, which ${operation.operationId} has not`;
    if (!operation && ![401, 403, 404, 413, 429].includes(status)) return `${method} ${path} answers ${status}`;
    const faults = this.faultsIn(body, declared?.schema ?? this.document.components.schemas['Failure']!);
    return faults && `${method} ${path} answers ${status} with ${JSON.stringify(body)}: ${faults}`;
  }

  /** What is wrong with a value; null where nothing is. A field that is not declared is wrong, too. */
  faultsIn(value: unknown, schema: Schema): string | null {
    let parser = this.#bySchema.get(schema);
    if (!parser) {
      parser = z.fromJSONSchema(closed({ ...schema, $defs: this.document.components.schemas }) as Schema);
      this.#bySchema.set(schema, parser);
    }
    const result = parser.safeParse(value);
    return result.success ? null : z.prettifyError(result.error);
  }
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, i) => part === given[i] || (part[0] === '{' && given[i]))
  );
}

/** The schema with its references as JSON Schema has them, and every object closed to other fields. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema)
    .filter(([key]) => key !== 'example')
    .map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/components/schemas/', '#/$defs/')]
        : [key, closed(value)],
    );
  const open = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(entries), ...(open && { additionalProperties: false }) };
}
