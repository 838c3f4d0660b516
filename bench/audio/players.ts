/** The players of the bench, and what each one's server says and hears: nobody here is spoken to but in its own way. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawData } from 'ws';
import { encode } from '../../src/protocol/codec.ts';
import { wavHeader } from './wav.ts';

export type PlayerName = 'ours' | 'wavtools' | 'elevenlabs' | 'deepgram' | 'hume';

export interface Player {
  readonly name: PlayerName;
  readonly title: string;
  /** Its npm package; null where it is this repository. */
  readonly package: string | null;
  /** Samples a second that its server sends by default. */
  readonly rate: number;
  /** Samples a second of PCM16 that it sends; null where it sends something else, which is not read here. */
  readonly upRate: number | 'device' | null;
  /** One line's server. */
  readonly answer: () => Dialect;
}

export type Say = (message: string | Uint8Array) => void;

export interface Dialect {
  /** A new line. */
  open(say: Say): void;
  /** Gives the PCM16 in a message of the player's, if there is any. */
  receive(data: RawData, isBinary: boolean, say: Say): Int16Array | null;
  turnStart(turn: number, say: Say): void;
  frame(turn: number, index: number, pcm: Int16Array, say: Say): void;
  turnEnd(turn: number, say: Say): void;
  /** Be silent now. */
  flush(turn: number, say: Say): void;
}

const nothing = (): void => {};

export const PLAYERS: readonly Player[] = [
  { name: 'ours', title: 'indigenius-widget', package: null, rate: 24_000, upRate: 16_000, answer: ours },
  {
    name: 'wavtools',
    title: 'wavtools',
    package: 'wavtools',
    rate: 24_000,
    upRate: 24_000,
    answer: () => ({
      open: nothing,
      receive: (data, isBinary) => (isBinary ? pcmOf(bytesOf(data)) : null),
      turnStart: nothing,
      frame: (_turn, _index, pcm, say) => say(bytes(pcm)),
      turnEnd: nothing,
      flush: (_turn, say) => say('interrupt'),
    }),
  },
  {
    name: 'elevenlabs',
    title: 'ElevenLabs',
    package: '@elevenlabs/client',
    rate: 16_000,
    upRate: 16_000,
    answer: elevenLabs,
  },
  {
    name: 'deepgram',
    title: 'Deepgram',
    package: '@deepgram/browser-agent',
    rate: 24_000,
    upRate: 'device',
    answer: () => ({
      open: nothing,
      receive: (data, isBinary) => (isBinary ? pcmOf(bytesOf(data)) : null),
      turnStart: nothing,
      frame: (_turn, _index, pcm, say) => say(bytes(pcm)),
      turnEnd: (_turn, say) => say(JSON.stringify({ type: 'AgentAudioDone' })),
      flush: (_turn, say) => say(JSON.stringify({ type: 'UserStartedSpeaking' })),
    }),
  },
  {
    name: 'hume',
    title: 'Hume',
    package: '@humeai/voice-react',
    rate: 48_000,
    upRate: null,
    answer: () => ({
      open: nothing,
      receive: () => null,
      turnStart: nothing,
      frame: (turn, index, pcm, say) => {
        const data = Buffer.concat([wavHeader(pcm.byteLength, 48_000, 2), bytes(pcm)]).toString('base64');
        say(JSON.stringify({ type: 'audio_output', id: `turn ${turn}`, index, data }));
      },
      turnEnd: (_turn, say) => say(JSON.stringify({ type: 'assistant_end' })),
      flush: (_turn, say) => say(JSON.stringify({ type: 'user_interruption' })),
    }),
  },
];

/** The gateway wire of docs/protocol.md, as far as sound needs it. */
function ours(): Dialect {
  let received = 0;
  const id = (turn: number): string => `turn ${turn}`;
  return {
    open: nothing,
    receive(data, isBinary, say) {
      if (isBinary) {
        received += 1;
        return pcmOf(bytesOf(data));
      }
      const message = JSON.parse(textOf(data)) as { type: string; t: number; audio: { down: [Format] } };
      switch (message.type) {
        case 'start':
          say(
            encode({
              type: 'ready',
              version: 1,
              call_id: 'bench',
              resume_token: 'bench',
              received: 0,
              audio: { up: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 }, down: message.audio.down[0] },
              assistant: { name: 'Bench', language: 'en' },
              limits: { max_duration_s: 600, silence_s: 600 },
            }),
          );
          break;
        case 'ping':
          say(encode({ type: 'pong', t: message.t, received }));
          break;
        case 'ack':
          break;
        default:
          received += 1;
      }
      return null;
    },
    turnStart: (turn, say) => say(encode({ type: 'turn_start', turn_id: id(turn), at_ms: 0 })),
    frame: (_turn, _index, pcm, say) => say(bytes(pcm)),
    turnEnd: (turn, say) => say(encode({ type: 'turn_end', turn_id: id(turn) })),
    flush: (turn, say) => say(encode({ type: 'clear', turn_id: id(turn), reason: 'barge_in' })),
  };
}

interface Format {
  readonly encoding: 'pcm_s16le';
  readonly sample_rate: number;
  readonly channels: 1;
}

function elevenLabs(): Dialect {
  let event = 0;
  const metadata = {
    conversation_id: 'bench',
    agent_output_audio_format: 'pcm_16000',
    user_input_audio_format: 'pcm_16000',
  };
  return {
    open: nothing,
    receive(data, _isBinary, say) {
      const message = JSON.parse(textOf(data)) as { type?: string; user_audio_chunk?: string };
      if (message.type === 'conversation_initiation_client_data') {
        say(
          JSON.stringify({
            type: 'conversation_initiation_metadata',
            conversation_initiation_metadata_event: metadata,
          }),
        );
      }
      return message.user_audio_chunk === undefined ? null : pcmOf(Buffer.from(message.user_audio_chunk, 'base64'));
    },
    turnStart: nothing,
    frame(_turn, _index, pcm, say) {
      event += 1;
      const audio_event = { event_id: event, audio_base_64: bytes(pcm).toString('base64') };
      say(JSON.stringify({ type: 'audio', audio_event }));
    },
    turnEnd: nothing,
    flush: (_turn, say) => say(JSON.stringify({ type: 'interruption', interruption_event: { event_id: event + 1 } })),
  };
}

/** Which version is installed beside this file; null for ours. */
export function versionOf(player: Player): string | null {
  if (player.package === null) return null;
  const path = join(import.meta.dirname, '../node_modules', player.package, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function bytes(pcm: Int16Array): Buffer {
  return Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}

const textOf = (data: RawData): string => bytesOf(data).toString();

/** A copy: what a socket read may lie at an odd address. */
function pcmOf(data: Buffer): Int16Array {
  const copy = data.buffer.slice(data.byteOffset, data.byteOffset + (data.byteLength & ~1));
  return new Int16Array(copy as ArrayBuffer);
}
