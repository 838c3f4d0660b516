/** The socket in a worker: a shell around `Socket`, for the page on the other side of `ports.ts`. */

import type { FromWorker, ToWorker } from './ports.ts';
import { Socket } from './socket.ts';

let socket: Socket | null = null;

const post = (message: FromWorker): void => self.postMessage(message);

async function tellStats(): Promise<void> {
  if (socket) post({ type: 'stats', stats: await socket.getStats() });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'open':
      socket ??= new Socket(data, {
        onmessage: (message) => post({ type: 'message', message }),
        // With the last figures in front.
        onclose: (closed) => void tellStats().then(() => post({ type: 'closed', closed })),
      });
      return;
    case 'send':
      return socket?.send(data.message);
    case 'connect':
      return socket?.connect(data);
    case 'interrupt':
      return socket?.interrupt();
    case 'stats':
      void tellStats();
      return;
    case 'end':
      void socket?.end(data.reason);
      return;
    case 'close':
      socket?.close();
      return self.close();
  }
};

post({ type: 'hello' });
