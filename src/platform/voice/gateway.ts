/**
 * The voice gateway: what answers the websocket that a call's `gateway.url` names. It admits, closes with codes, and
 * counts calls; serving HTTP and upgrading are left to whoever calls `handle`, the conversation to its own file.
 */

import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { GarbageError } from '../../protocol/codec.ts';
import { CloseCode, PROTOCOL_VERSION } from '../../protocol/messages.ts';
import { type CallIds, Refusal, type Request, checkCall, checkStart, idsOf } from './admission.ts';
import { negotiate } from './audio-format.ts';
import type { CallDesk, CallFile } from './call-desk.ts';
import { type Start, readStart } from './client-messages.ts';
import { type Clock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { Conversation } from './conversation.ts';
import type { Ears, Mind, Mouth } from './engines.ts';
import { type GatewayLogger, describe, silentLogger } from './logger.ts';
import { PHRASES } from './phrases.ts';

export interface GatewayOptions {
  readonly desk: CallDesk;
  readonly ears: Ears;
  readonly mind: Mind;
  readonly mouth: Mouth;
  /** Calls at the same time; 100 by default. */
  readonly maxCalls?: number;
  /** In production a page on localhost needs to be allowed like any other. */
  readonly production?: boolean;
  readonly logger?: GatewayLogger;
  readonly clock?: Clock;
}

export interface Gateway {
  /** Takes over a socket whose upgrade was accepted. `request.url` is path and query, `origin` the header's. */
  handle(socket: WebSocket, request: Request): void;
  readonly activeCalls: number;
  /**
   * Takes no more calls, says goodbye on those that are live, and settles when all are over: after `timeoutMs` at the
   * latest, by force.
   */
  drain(timeoutMs: number): Promise<void>;
}

/**
 * @example
 * const gateway = createGateway({ desk, ...(await createLocalVoice()) });
 * const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
 * server.on('upgrade', (request, socket, head) => {
 *   sockets.handleUpgrade(request, socket, head, (webSocket) => {
 *     gateway.handle(webSocket, { url: request.url ?? '', origin: request.headers.origin ?? null });
 *   });
 * });
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { desk, ears, mind, mouth, maxCalls = 100, production = false } = options;
  const { logger = silentLogger, clock = systemClock } = options;
  /** Calls that a socket has started, live or about to be. */
  const claimed = new Set<string>();
  const live = new Set<Conversation>();
  const connections = new Set<Connection>();
  let draining = false;

  const find = async (ids: CallIds, request: Request): Promise<CallFile> => {
    const file = ids.callId === '' ? null : await desk.find(ids.callId);
    checkCall(file, ids, request.origin, { production, nowMs: clock.now() });
    return file;
  };

  const admit = async (connection: Connection, request: Request): Promise<void> => {
    const first = connection.first();
    // Awaited below, if it comes to that.
    first.catch(() => {});
    if (draining) throw new Refusal(CloseCode.restart, 'restarting');
    const ids = idsOf(request.url);
    await find(ids, request);
    const start = parseStart(await first);
    if (claimed.has(ids.callId)) throw new Refusal(CloseCode.refused, 'already started');
    claimed.add(ids.callId);
    try {
      // Once more: another socket may have had this call since.
      const file = await find(ids, request);
      checkStart(start, file, ids);
      if (draining) throw new Refusal(CloseCode.restart, 'restarting');
      if (live.size >= maxCalls) throw new Refusal(CloseCode.full, 'full');
      await converse(connection, file, start);
    } finally {
      claimed.delete(ids.callId);
    }
  };

  /** Settles when the call is over. */
  const converse = async (connection: Connection, file: CallFile, start: Start): Promise<void> => {
    const audio = negotiate(start.audio);
    if (audio === null && start.mode === 'voice') {
      const message = 'start: no audio format that the gateway knows was offered';
      connection.send({ type: 'error', code: 'unsupported', message, fatal: true });
      throw new Refusal(CloseCode.refused, 'no common audio');
    }
    const { mode } = start;
    const conversation = new Conversation({
      file,
      mode,
      audio,
      desk,
      ears,
      mind,
      mouth,
      clock,
      logger,
      line: connection,
    });
    live.add(conversation);
    try {
      // It answers from what it knew before, where it does not learn what is new.
      const prepared = mind.prepare?.(file.assistantId).catch((error: unknown) => {
        logger.error('mind not prepared', { call: file.callId, error: describe(error) });
      });
      // Another node may have its socket, too.
      const [first] = await Promise.all([desk.wentLive(file.callId), prepared]);
      if (!first) throw new Refusal(CloseCode.refused, 'already started');
      const { name, language, maxDurationS, silenceS } = file.assistant;
      connection.send({
        type: 'ready',
        version: PROTOCOL_VERSION,
        call_id: file.callId,
        resume_token: randomBytes(24).toString('base64url'),
        received: 0,
        audio: mode === 'voice' ? audio : null,
        assistant: { name, language },
        limits: { max_duration_s: maxDurationS, silence_s: silenceS },
      });
      logger.info('call live', { call: file.callId, mode });
      conversation.begin();
      connection.live({
        onmessage: (message) => conversation.receive(message),
        onaudio: (frame) => conversation.audio(frame),
        onclose: (byClient) => conversation.closed(byClient),
      });
      if (draining) void conversation.end('drained', PHRASES.drained);
      await conversation.over;
    } finally {
      live.delete(conversation);
    }
  };

  return {
    handle(socket, request) {
      const connection = new Connection(socket, clock);
      connections.add(connection);
      void connection.gone.then(() => connections.delete(connection));
      admit(connection, request).catch((error: unknown) => {
        if (error instanceof Refusal) {
          logger.info('socket refused', { code: error.code, reason: error.message });
          return connection.close(error.code, error.message);
        }
        logger.error('call broke', { error: error instanceof Error ? error.message : String(error) });
        connection.close(CloseCode.internal, 'internal');
      });
    },
    get activeCalls() {
      return live.size;
    },
    async drain(timeoutMs) {
      draining = true;
      const over = Promise.all([...live].map((conversation) => conversation.over));
      for (const conversation of live) void conversation.end('drained', PHRASES.drained);
      const gone = over.then(() => Promise.all([...connections].map((connection) => connection.gone)));
      let cancel = (): void => {};
      const late = new Promise<void>((resolve) => {
        cancel = clock.after(timeoutMs, resolve);
      });
      await Promise.race([gone, late]);
      cancel();
      for (const conversation of live) conversation.endNow('drained');
      await Promise.all([...live].map((conversation) => conversation.over));
      for (const connection of connections) connection.terminate();
    },
  };
}

/** @throws Refusal */
function parseStart(frame: string): Start {
  let reading;
  try {
    reading = readStart(frame);
  } catch (error) {
    if (error instanceof GarbageError) throw new Refusal(CloseCode.notJson, 'not json');
    throw error;
  }
  if (reading.kind === 'version') throw new Refusal(CloseCode.version, 'version not supported');
  if (reading.kind === 'other') throw new Refusal(CloseCode.refused, 'start expected');
  if (reading.kind === 'bad') throw new Refusal(CloseCode.refused, reading.problem.slice(0, 120));
  return reading.start;
}
