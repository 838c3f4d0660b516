/** What Node's types lack of a browser's: the type of its global `MessagePort`, as far as the socket uses it. */
interface MessagePort {
  onmessage: ((event: { readonly data: never }) => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  close(): void;
}
