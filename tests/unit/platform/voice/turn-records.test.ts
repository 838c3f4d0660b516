/** What the gateway writes down of each turn: where it lies in the call, who cut it, and whether it answered. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, GatewayClient } from '../../../gateway-client.ts';
import type { StartMessage } from '../../../../src/protocol/messages.ts';
import { type FileOptions, GREETING, type Rig, ToneMouth, openRig } from './gateway-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(async () => {
  await rig[Symbol.asyncDispose]();
});

const WORDS = 'one two three four five six seven eight';
const SILENT: FileOptions = { assistant: { firstMessage: null } };
const SAYING: FileOptions = { assistant: { firstMessage: WORDS } };

const ms = (text: string): number => text.length * ToneMouth.msPerCharacter;

function call(file: FileOptions, options: ClientOptions = { playout: 'none' }, start: Partial<StartMessage> = {}) {
  return GatewayClient.call(rig.createCall(file), options, start);
}

/** A client that has been sent all of `WORDS`, 400 ms after the call began, and heard nothing so far. */
async function sent(): Promise<GatewayClient> {
  const client = await call(SAYING);
  await client.next('turn_end');
  rig.clock.advance(400);
  return client;
}

async function acknowledge(client: GatewayClient, playedMs: number, done?: string): Promise<void> {
  const heard = { received_ms: ms(WORDS), played_ms: playedMs };
  client.send({ type: 'ack', ...heard, ...(done !== undefined && { turn_id: done, done: true }) });
  await client.settled();
}

/** What is written down of a turn, once it is. */
async function line(client: GatewayClient, id: string) {
  while (!rig.desk.lines.has(id)) await client.settled();
  return rig.desk.lines.get(id)!;
}

describe("an assistant's turn", () => {
  it('begins where the client first heard it, and ends where it says that it heard the last of it', async () => {
    const client = await sent();
    // Of the 400 ms that have passed, the first 150 went by on the way.
    await acknowledge(client, 250);
    rig.clock.advance(1_000);
    await acknowledge(client, 1_100);
    rig.clock.advance(1_000);
    await acknowledge(client, ms(WORDS), 't1');
    expect(await line(client, 't1')).toEqual({
      id: 't1',
      role: 'assistant',
      text: WORDS,
      atMs: 150,
      endMs: 2_400,
      interrupted: false,
      answered: null,
    });
  });

  it('begins no earlier than it was sent, whatever the client says', async () => {
    const client = await call({ assistant: { firstMessage: 'Hi.' } });
    await client.next('turn_end');
    await acknowledge(client, 160, 't1');
    expect(await line(client, 't1')).toMatchObject({ atMs: 0, endMs: 0 });
  });

  it('lasts as long as its sound where the client never says that it is over', async () => {
    const client = await sent();
    await acknowledge(client, 200);
    rig.clock.advance(20_000);
    // 1950 ms of sound, in frames of 20 ms.
    expect(await line(client, 't1')).toMatchObject({ atMs: 200, endMs: 200 + 1_960, text: WORDS });
  });

  it('that the visitor speaks into was interrupted, and ends there', async () => {
    const client = await sent();
    await acknowledge(client, 300);
    rig.clock.advance(500);
    rig.ears.last.begin();
    await client.next('clear');
    rig.clock.advance(90);
    await acknowledge(client, ms('one two'), 't1');
    expect(await line(client, 't1')).toMatchObject({
      text: 'one two',
      atMs: 100,
      endMs: 900,
      interrupted: true,
      answered: null,
    });
  });

  it('of which the first is heard of after it was cut ends where it was cut', async () => {
    const client = await sent();
    rig.ears.last.begin();
    await client.next('clear');
    rig.clock.advance(1_000);
    await acknowledge(client, ms('one'), 't1');
    expect(await line(client, 't1')).toMatchObject({ text: 'one', atMs: 250, endMs: 400, interrupted: true });
  });

  it('that the visitor stops was interrupted', async () => {
    const client = await sent();
    client.send({ type: 'interrupt', turn_id: 't1', played_ms: ms('one') });
    await client.next('clear');
    // It says nothing more of that turn.
    rig.clock.advance(2_000);
    expect(await line(client, 't1')).toMatchObject({ text: 'one', atMs: 250, endMs: 400, interrupted: true });
  });

  it.each([
    ['typing', (client: GatewayClient) => client.send({ type: 'text', id: 'a', text: 'Shorter' })],
    ['going over to writing', (client: GatewayClient) => client.send({ type: 'mode', mode: 'text' })],
    ['a gateway that closes', () => void rig.gateway.drain(60_000)],
  ])('that %s cuts was not interrupted', async (_, act) => {
    const client = await sent();
    await acknowledge(client, 350);
    act(client);
    await client.next('clear');
    await acknowledge(client, 350, 't1');
    expect(await line(client, 't1')).toMatchObject({ text: 'one two', atMs: 50, endMs: 400, interrupted: false });
  });

  it('whose client is gone ends with the last that was heard of it', async () => {
    const client = await sent();
    await acknowledge(client, 350);
    rig.clock.advance(5_000);
    client.socket.terminate();
    await client.closed;
    while (rig.gateway.activeCalls > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(rig.desk.lines.get('t1')).toMatchObject({ text: 'one two', atMs: 50, endMs: 400, interrupted: false });
  });

  it('in writing is a moment', async () => {
    rig.mind.answer = async function* ({ signal }) {
      yield 'One. ';
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        rig.clock.after(700, resolve);
      });
      yield 'Two.';
    };
    const client = await call(SILENT, {}, { mode: 'text' });
    rig.clock.advance(300);
    client.send({ type: 'text', id: 'a', text: 'Count' });
    await client.next('transcript', ({ text }) => text === 'One.');
    rig.clock.advance(700);
    expect(await line(client, 't1')).toMatchObject({ text: 'One. Two.', atMs: 300, endMs: 300 });
    expect(await line(client, 'a')).toEqual({ id: 'a', role: 'user', text: 'Count', atMs: 300, endMs: 300 });
  });

  it.each([true, false, null])('says what the mind says of its reply: %j', async (answered) => {
    rig.mind.answer = async function* ({ report }) {
      if (answered !== null) report?.(answered);
      yield 'So it is.';
    };
    const client = await call(SILENT, {});
    rig.ears.last.hear('Is it?');
    expect(await line(client, 't1')).toMatchObject({ answered });
  });

  it('that is no reply answers nothing, whatever the mind said before', async () => {
    rig.mind.answer = async function* ({ report }) {
      report?.(true);
      yield WORDS;
    };
    const client = await call(SILENT);
    rig.ears.last.hear('Count');
    await client.next('turn_end');
    await acknowledge(client, ms('one two '));
    rig.ears.last.hear('');
    await client.next('clear');
    await acknowledge(client, ms('one two '), 't1');
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    client.send({ type: 'ack', received_ms: 9_999, played_ms: 9_999, turn_id: 't2', done: true });
    expect(await line(client, 't1')).toMatchObject({ text: 'one two', answered: true });
    expect(await line(client, 't2')).toMatchObject({ text: WORDS.slice('one two '.length), answered: null });
  });

  it('counts for the reply that was heard, where a first one was not', async () => {
    rig.mind.answer = async function* ({ text, report, signal }) {
      report?.(text === 'I would like soup');
      if (text === 'I would like') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      else yield 'Very well.';
    };
    const client = await call(SILENT, {});
    rig.ears.last.hear('I would like');
    await client.next('state', ({ state }) => state === 'thinking');
    rig.ears.last.hear('soup');
    expect(await line(client, 't2')).toMatchObject({ text: 'Very well.', answered: true });
    expect(rig.desk.lines.has('t1')).toBe(false);
  });
});

describe("a visitor's turn", () => {
  /** Lets `frames` of 20 ms come, each as it is spoken. */
  async function speak(client: GatewayClient, frames: number): Promise<void> {
    for (let frame = 0; frame < frames; frame++) {
      rig.clock.advance(20);
      client.socket.send(new Uint8Array(640));
      await client.settled();
    }
  }

  it('lies where they spoke, not where that was noticed or made out', async () => {
    const client = await call(SILENT);
    rig.clock.advance(5_000);
    await speak(client, 50);
    rig.ears.last.begin(900);
    await speak(client, 50);
    rig.ears.last.end(1_490);
    rig.clock.advance(700);
    rig.ears.last.words('Do you deliver?', true);
    expect(await line(client, 'u1')).toEqual({
      id: 'u1',
      role: 'user',
      text: 'Do you deliver?',
      atMs: 5_900,
      endMs: 6_490,
    });
  });

  it('lies where they spoke, though the network brought it late and all at once', async () => {
    const client = await call(SILENT);
    rig.clock.advance(5_000);
    await speak(client, 50);
    rig.clock.advance(1_000);
    for (let frame = 0; frame < 50; frame++) client.socket.send(new Uint8Array(640));
    await client.settled();
    rig.ears.last.begin(1_200);
    rig.ears.last.end(1_600);
    rig.ears.last.words('Hello', true);
    expect(await line(client, 'u1')).toMatchObject({ atMs: 6_200, endMs: 6_600 });
  });

  it('begins with the call where the client kept it from before', async () => {
    const client = await call(SILENT);
    for (let frame = 0; frame < 100; frame++) client.socket.send(new Uint8Array(640));
    await client.settled();
    rig.ears.last.begin(500);
    await speak(client, 10);
    rig.ears.last.end(2_100);
    rig.ears.last.words('Hello', true);
    expect(await line(client, 'u1')).toMatchObject({ atMs: 0, endMs: 100 });
  });

  it('after a mute lies after it', async () => {
    const client = await call(SILENT);
    await speak(client, 50);
    client.send({ type: 'mute', muted: true });
    await client.settled();
    rig.clock.advance(1_500);
    client.send({ type: 'mute', muted: false });
    await client.settled();
    await speak(client, 50);
    rig.ears.last.begin(1_500);
    rig.ears.last.end(1_900);
    rig.ears.last.words('Back again', true);
    expect(await line(client, 'u1')).toMatchObject({ atMs: 3_000, endMs: 3_400 });
  });

  it('is where it was noticed for ears that know no better', async () => {
    const client = await call(SILENT);
    await speak(client, 50);
    rig.ears.last.onevent?.({ type: 'speech_start', atMs: 800 });
    rig.ears.last.onevent?.({ type: 'speech_end', atMs: 950 });
    rig.ears.last.words('Yes', true);
    expect(await line(client, 'u1')).toMatchObject({ atMs: 800, endMs: 950 });
  });

  it('lies within the turn of the assistant that it interrupts', async () => {
    const client = await call({ assistant: { firstMessage: GREETING } });
    await client.next('turn_end');
    await speak(client, 50);
    await acknowledge(client, 1_000);
    rig.ears.last.begin(900);
    await acknowledge(client, 1_020, 't1');
    await speak(client, 50);
    rig.ears.last.end(1_500);
    rig.ears.last.words('Stop', true);
    expect(await line(client, 't1')).toMatchObject({ atMs: 0, endMs: 1_000, interrupted: true });
    expect(await line(client, 'u1')).toMatchObject({ atMs: 900, endMs: 1_500 });
  });
});
