/** Which address a request comes from, on Node. */

/** What `@hono/node-server` gives as `env`, as far as it is needed. */
interface NodeEnv {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/**
 * The address at the other end of the socket or, behind proxies of your own, the one that the outermost of them saw.
 * Null where nobody knows: there is no socket, or fewer proxies than trusted ones have written.
 *
 * @param trustedProxies how many of your own stand before this server and append to `X-Forwarded-For`
 */
export function clientAddress(request: Request, env: unknown, trustedProxies: number): string | null {
  const forwarded = request.headers.get('X-Forwarded-For');
  if (trustedProxies === 0 || forwarded === null) {
    return (env as NodeEnv | undefined)?.incoming?.socket?.remoteAddress ?? null;
  }
  return forwarded.split(',').at(-trustedProxies)?.trim() || null;
}
