/** Has the browser open a connection that a start will want. Nothing is sent on it; unused, the browser closes it. */

const asked = new Set<string>();

/** @param address of a server, absolute or relative to the page; of a socket's too. Anything else is ignored */
export function preconnect(address: string): void {
  let url: URL;
  try {
    url = new URL(address, document.baseURI);
  } catch {
    return;
  }
  const server = url.origin.replace(/^ws/, 'http');
  // (`location.origin` would be wrong in a frame of `srcdoc`.)
  if (!/^https?:/.test(server) || server === origin || asked.has(server)) return;
  asked.add(server);
  const link = document.createElement('link');
  link.rel = 'preconnect';
  // Requests to the proxy and sockets to the gateway carry no cookies: they take the connections without.
  link.crossOrigin = 'anonymous';
  link.href = server;
  document.head.append(link);
}
