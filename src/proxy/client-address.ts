/** Which visitor a request comes from, on Node. */

export type ClientAddress = (request: Request, env: unknown) => string;

/** What `@hono/node-server` gives as `env`, as far as it is needed. */
interface NodeEnv {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/**
 * The address at the other end of the socket or, behind proxies of your own, the one that the outermost of them saw.
 *
 * @param trustedProxies how many of your own stand before this server and append to `X-Forwarded-For`. What a visitor
 *   writes into that header stands left of theirs, so that too high a number lets visitors choose their address.
 */
export function nodeAddress({ trustedProxies = 0 }: { readonly trustedProxies?: number } = {}): ClientAddress {
  return (request, env) => {
    const forwarded = (request.headers.get('X-Forwarded-For') ?? '').split(',').map((address) => address.trim());
    const named = trustedProxies > 0 ? forwarded.at(-trustedProxies) : '';
    return named || ((env as NodeEnv | undefined)?.incoming?.socket?.remoteAddress ?? '');
  };
}
