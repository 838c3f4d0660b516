/** A file that a page of the platform is made of: compressed once for all who ask, and not sent twice to the same one. */

import type { Context } from 'hono';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Some 0.3 s for the largest of them, once; the last two levels take twenty times as long for a tenth less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const ENCODINGS = [
  ['br', (body: Buffer): Promise<Buffer> => promisify(brotliCompress)(body, BROTLI)],
  ['gzip', (body: Buffer): Promise<Buffer> => promisify(gzip)(body)],
] as const;

export class Asset {
  readonly #body: Buffer;
  readonly #type: string;
  readonly #tag: string;
  readonly #compressed = new Map<string, Promise<Buffer>>();

  /** @param type as `text/javascript; charset=utf-8` */
  constructor(body: Buffer, type: string) {
    this.#body = body;
    this.#type = type;
    // Weak: the same for all encodings.
    this.#tag = `W/"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  }

  async answer(c: Context): Promise<Response> {
    c.header('ETag', this.#tag);
    c.header('Vary', 'Accept-Encoding');
    // Asked about each time, and then seldom sent: a platform that is updated has its new page at once.
    c.header('Cache-Control', 'no-cache');
    c.header('X-Content-Type-Options', 'nosniff');
    const known =
      c.req
        .header('If-None-Match')
        ?.split(',')
        .map((tag) => tag.trim()) ?? [];
    if (known.includes(this.#tag) || known.includes('*')) return c.body(null, 304);
    c.header('Content-Type', this.#type);
    const accepted = c.req.header('Accept-Encoding') ?? '';
    for (const [name, compress] of ENCODINGS) {
      if (!accepts(accepted, name)) continue;
      const compressed = this.#compressed.get(name) ?? compress(this.#body);
      this.#compressed.set(name, compressed);
      c.header('Content-Encoding', name);
      return c.body(bytes(await compressed));
    }
    return c.body(bytes(this.#body));
  }
}

/** Whether `br;q=1.0, gzip;q=0.5` has this one, and not as refused. */
function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((each) => {
    const [name, ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return buffer as Buffer<ArrayBuffer>;
}
