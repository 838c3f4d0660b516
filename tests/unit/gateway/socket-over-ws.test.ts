/** The socket against a real server on loopback, with real ports: what fakes can't tell. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import type { Closed } from '../../../src/gateway/ports.ts';
import { Socket } from '../../../src/gateway/socket.ts';
import type { DownlinkMessage } from '../../../src/protocol/media.ts';
import { READY, speech, START, voice } from './fakes.ts';

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/connection`;
});

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** Node's ports have all that a browser's have; their types do not. */
const asBrowsers = (port: unknown): MessagePort => port as MessagePort;

async function call() {
  const uplink = new MessageChannel();
  const downlink = new MessageChannel();
  let closed!: (closed: Closed) => void;
  const gone = new Promise<Closed>((resolve) => (closed = resolve));
  const connected = once(server, 'connection');
  const socket = new Socket(
    { url, start: START, uplink: asBrowsers(uplink.port2), downlink: asBrowsers(downlink.port2) },
    { onmessage() {}, onclose: closed },
  );
  const [wire] = (await connected) as [ServerSocket];
  const [first] = (await once(wire, 'message')) as [Buffer];
  expect(JSON.parse(first.toString())).toEqual(START);
  return { socket, wire, gone, microphone: uplink.port1, speaker: asBrowsers(downlink.port1) };
}

describe('a real socket', () => {
  it('carries voice both ways', async () => {
    const { socket, wire, microphone, speaker } = await call();
    const posted: DownlinkMessage[] = [];
    const heard = new Promise<void>((resolve) => {
      speaker.onmessage = ({ data }: { data: DownlinkMessage }) => {
        posted.push(data);
        if (data.type === 'turn_end') resolve();
      };
    });
    const { pcm } = voice(42);
    const bytes = new Uint8Array(pcm.slice(0));
    microphone.postMessage({ type: 'frame', pcm }, [pcm]);
    const spoken = new Promise<Buffer>((resolve) => {
      wire.on('message', (data: Buffer, isBinary) => isBinary && resolve(data));
    });
    const back = once(microphone, 'message');
    wire.send(JSON.stringify(READY));
    expect((await spoken).equals(bytes)).toBe(true);
    // Given back while it was being sent: nothing of it is missing.
    expect((await back)[0]).toEqual({ type: 'spent', pcm: bytes.buffer });

    wire.send(JSON.stringify({ type: 'turn_start', turn_id: 't1', at_ms: 0 }));
    wire.send(Buffer.from(speech(20)));
    wire.send(JSON.stringify({ type: 'turn_end', turn_id: 't1' }));
    await heard;
    expect(posted.map(({ type }) => type)).toEqual(['format', 'turn_start', 'frame', 'turn_end']);
    expect(posted[2]).toMatchObject({ turnId: 't1', pcm: expect.any(ArrayBuffer) });

    // Where 200 ms have gone by since the frame came, an ack of that comes first, and after 5 s a ping.
    const acked = new Promise<unknown>((resolve) => {
      wire.on('message', (data) => {
        const message = JSON.parse(String(data)) as { done?: boolean };
        if (message.done) resolve(message);
      });
    });
    speaker.postMessage({ type: 'heard', turnId: 't1', turnMs: 20, playedMs: 20, done: true });
    expect(await acked).toMatchObject({ type: 'ack', received_ms: 20, played_ms: 20, done: true });
    socket.close();
  });

  it('says end, is closed by the gateway, and lets the ports go', async () => {
    const { socket, wire, gone, microphone } = await call();
    wire.send(JSON.stringify(READY));
    const portClosed = new Promise((resolve) => microphone.addEventListener('close', resolve));
    wire.on('message', (data) => {
      if (JSON.parse(String(data)).type === 'end') wire.close(1000, 'bye');
    });
    await socket.end('visitor');
    expect(await gone).toMatchObject({ code: 1000, reason: 'bye', opened: true });
    await portClosed;
  });

  it.each([1008, 1013, 4000, 4004])('reports a refusal with %d and its reason', async (code) => {
    const { wire, gone } = await call();
    wire.close(code, 'because');
    expect(await gone).toEqual({ code, reason: 'because', opened: true, ready: false });
  });

  it('closes with 4003 on garbage', async () => {
    const { wire, gone } = await call();
    wire.send('garbage');
    const [code] = (await once(wire, 'close')) as [number];
    expect(code).toBe(4003);
    expect(await gone).toMatchObject({ code: 4003 });
  });
});
