import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, GatewayClient, PCM_16K } from '../../../gateway-client.ts';
import type { StartMessage } from '../../../../src/protocol/messages.ts';
import { CALL_ID, type FileOptions, GREETING, type Rig, ToneMouth, openRig } from './gateway-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(async () => {
  await rig[Symbol.asyncDispose]();
});

const SILENT: FileOptions = { assistant: { firstMessage: null } };

function call(file: FileOptions = {}, options: ClientOptions = {}, start: Partial<StartMessage> = {}) {
  return GatewayClient.call(rig.createCall(file), options, start);
}

/** A call whose greeting has been heard to its end. */
async function greeted(file: FileOptions = {}): Promise<GatewayClient> {
  const client = await call(file);
  await client.next('turn_end');
  await client.settled();
  return client;
}

/** Once nobody does anything any more. */
async function listening(client: GatewayClient): Promise<void> {
  await client.until(() => client.all('state').at(-1)?.state === 'listening', 'listening');
}

const ms = (text: string): number => text.length * ToneMouth.msPerCharacter;
const inFrames = (durationMs: number): number => Math.ceil(durationMs / 20);

describe('the greeting', () => {
  it('is spoken and written as the first turn', async () => {
    const client = await greeted();
    expect(client.messages.map(({ type }) => type).filter((type) => type !== 'pong')).toEqual([
      'ready',
      'turn_start',
      'state',
      'transcript',
      'transcript',
      'turn_end',
      'state',
    ]);
    expect(client.all('turn_start')).toEqual([{ type: 'turn_start', turn_id: 't1', at_ms: 0 }]);
    const line = { type: 'transcript', id: 't1', role: 'assistant', text: GREETING, turn_id: 't1', at_ms: 0 };
    expect(client.all('transcript')).toEqual([
      { ...line, final: false },
      { ...line, final: true },
    ]);
    expect(client.frames).toHaveLength(inFrames(ms(GREETING)));
    expect(client.frames.every(({ turnId, bytes }) => turnId === 't1' && bytes.length === 640)).toBe(true);
    expect(Math.max(...client.audio())).toBeGreaterThan(7900);
    expect(rig.desk.lines.get('t1')).toMatchObject({ id: 't1', role: 'assistant', text: GREETING, atMs: 0 });
  });

  it('is left out where there is none', async () => {
    const client = await call(SILENT);
    await client.settled();
    expect(client.all('turn_start')).toEqual([]);
  });

  it('that can not be spoken ends the call', async () => {
    rig.mouth.failure = new Error('hoarse');
    const client = await call();
    expect(await client.closed).toEqual({ code: 1000, reason: 'error' });
    expect(client.all('error').at(-1)).toMatchObject({ code: 'engine_failed', fatal: true });
    expect(client.all('end')).toEqual([{ type: 'end', reason: 'error' }]);
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'error' }]);
  });
});

describe('an answer', () => {
  it('follows what the visitor said', async () => {
    const client = await greeted();
    rig.clock.advance(1500);
    const { last } = rig.ears;
    last.begin();
    last.words('Do you');
    last.words('Do you deliver');
    last.end();
    last.words('Do you deliver?', true);
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    await listening(client);
    expect(client.all('speech')).toEqual([
      { type: 'speech', active: true, at_ms: 1500 },
      { type: 'speech', active: false, at_ms: 1500 },
    ]);
    const heard = client.all('transcript').filter(({ role }) => role === 'user');
    expect(heard.map(({ id, text, final }) => [id, text, final])).toEqual([
      ['u1', 'Do you', false],
      ['u1', 'Do you deliver', false],
      ['u1', 'Do you deliver?', true],
    ]);
    expect(client.all('state').map(({ state }) => state)).toEqual([
      'speaking',
      'listening',
      'thinking',
      'speaking',
      'listening',
    ]);
    expect(client.said('assistant')).toBe(`${GREETING} You said: Do you deliver?.`);
    expect(rig.mind.calls[0]).toMatchObject({
      text: 'Do you deliver?',
      history: [{ role: 'assistant', text: GREETING }],
      persona: { name: 'Nora', companyName: 'Northwind Catering', language: 'English' },
    });
    expect(rig.desk.lines.get('u1')).toMatchObject({ id: 'u1', role: 'user', text: 'Do you deliver?', atMs: 1500 });
  });

  it('is spoken sentence by sentence, the next one made while the present one waits to be sent', async () => {
    const long = 'This is the first sentence, and it takes its time to be spoken.';
    rig.mind.answer = async function* () {
      yield `${long} And`;
      yield ' this is the second.';
    };
    const client = await call(SILENT, { playout: 'none' });
    rig.ears.last.hear('Go on');
    await client.until(() => client.frames.length === 100, '2 s of audio');
    await client.settled();
    expect(rig.mouth.sentences).toEqual([long, 'And this is the second.']);
    expect(client.said('assistant')).toBe(long);
    client.send({ type: 'ack', received_ms: 2000, played_ms: 2000 });
    await client.until(() => client.frames.length === 200, '4 s of audio');
    client.send({ type: 'ack', received_ms: 4000, played_ms: 4000 });
    await client.next('turn_end');
    expect(client.said('assistant')).toBe(`${long} And this is the second.`);
  });

  it('goes to the mind with what was said and heard before', async () => {
    const client = await greeted();
    rig.ears.last.hear('One');
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    await listening(client);
    client.send({ type: 'context', text: 'the cart is empty' });
    await client.settled();
    rig.ears.last.hear('Two');
    await client.next('turn_end', ({ turn_id }) => turn_id === 't3');
    expect(rig.mind.calls[1]!.history).toEqual([
      { role: 'assistant', text: GREETING },
      { role: 'user', text: 'One' },
      { role: 'assistant', text: 'You said: One.' },
      { role: 'user', text: expect.stringMatching(/as information only: the cart is empty/) },
    ]);
  });

  it('is not asked for where the mind has nothing to say', async () => {
    rig.mind.answer = async function* () {};
    const client = await call(SILENT);
    rig.ears.last.hear('Hm?');
    await client.next('state', ({ state }) => state === 'thinking');
    await listening(client);
    expect(client.all('turn_start')).toEqual([]);
  });

  it('reaches the visitor as mu-law at 8000 Hz where that is what the client likes best', async () => {
    const muLaw = { encoding: 'pcm_mulaw', sample_rate: 8000, channels: 1 } as const;
    const client = await call({}, {}, { audio: { up: [muLaw, PCM_16K], down: [muLaw, PCM_16K] } });
    await client.next('turn_end');
    expect(client.all('ready')[0]!.audio).toEqual({ up: muLaw, down: muLaw });
    expect(client.frames.every(({ bytes }) => bytes.length === 160)).toBe(true);
    expect(client.frames).toHaveLength(inFrames(ms(GREETING)));
    expect(Math.max(...client.audio())).toBeGreaterThan(7500);
    client.socket.send(new Uint8Array(160).fill(0xff));
    client.socket.send(new Uint8Array(160).fill(0xff));
    await client.settled();
    // Twice the samples, less what the filter holds back.
    expect(rig.ears.last.pushed.length).toBeGreaterThan(560);
    expect(rig.ears.last.pushed.length).toBeLessThanOrEqual(640);
  });
});

describe('credit', () => {
  it('lets a client that never acknowledges have 2 s, and not a frame more', async () => {
    const client = await call({ assistant: { firstMessage: 'x'.repeat(200) } }, { playout: 'none' });
    await client.until(() => client.frames.length === 100, '2 s');
    for (let round = 0; round < 5; round++) await client.settled();
    expect(client.frames).toHaveLength(100);
    client.send({ type: 'ack', received_ms: 500, played_ms: 0 });
    await client.until(() => client.frames.length === 125, '0.5 s more');
    await client.settled();
    expect(client.frames).toHaveLength(125);
  });

  it('stops 30 s beyond what was played', async () => {
    const client = await call({ assistant: { firstMessage: 'y '.repeat(500) } }, { playout: 'none' });
    for (let received = 0; received < 60; received++) {
      client.send({ type: 'ack', received_ms: received * 1000, played_ms: 0 });
      await client.settled();
    }
    expect(client.frames).toHaveLength(1500);
    client.send({ type: 'ack', received_ms: 60_000, played_ms: 200 });
    await client.until(() => client.frames.length === 1510, '200 ms more');
  });
});

describe('barge-in', () => {
  const WORDS = 'one two three four five six seven eight nine ten eleven twelve';

  /** A client that has heard `playedMs` of the greeting. */
  async function hearing(playedMs: number): Promise<GatewayClient> {
    const client = await call({ assistant: { firstMessage: WORDS } }, { playout: 'none' });
    await client.until(() => client.frames.length === 100, '2 s');
    // Of the 3.1 s that it takes, some is not sent yet.
    client.send({ type: 'ack', received_ms: playedMs, played_ms: playedMs });
    await client.until(() => client.frames.length === Math.floor((2000 + playedMs) / 20), 'more');
    return client;
  }

  it('silences the assistant, and cuts what it said at what was heard', async () => {
    const client = await hearing(900);
    rig.ears.last.begin();
    expect(await client.next('clear')).toEqual({ type: 'clear', turn_id: 't1', reason: 'barge_in' });
    const frames = client.frames.length;
    client.send({
      type: 'ack',
      received_ms: frames * 20,
      played_ms: ms('one two three four'),
      turn_id: 't1',
      done: true,
    });
    const cut = await client.next('transcript', ({ text }) => text === 'one two three four');
    expect(cut).toMatchObject({ id: 't1', role: 'assistant', final: true });
    expect(client.frames).toHaveLength(frames);
    expect(client.all('turn_end')).toEqual([]);
    rig.ears.last.end();
    rig.ears.last.words('Stop counting', true);
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    expect(rig.mind.calls[0]).toMatchObject({
      text: 'Stop counting',
      history: [{ role: 'assistant', text: 'one two three four' }],
    });
    expect(rig.desk.lines.get('t1')?.text).toBe('one two three four');
  });

  it('aborts mind and mouth', async () => {
    let aborted = false;
    rig.mind.answer = async function* ({ signal }) {
      yield 'This is going to be. ';
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = true;
    };
    const client = await call(SILENT);
    rig.ears.last.hear('Hello');
    await client.until(() => client.frames.length > 0);
    await client.settled();
    rig.ears.last.begin();
    await client.next('clear');
    await client.settled();
    expect(aborted).toBe(true);
  });

  it('waits 2 s for a client that does not say what it heard, then takes its last word', async () => {
    const client = await hearing(ms('one two '));
    rig.ears.last.begin();
    await client.next('clear');
    await client.settled();
    expect(client.said('assistant')).toBe(WORDS);
    rig.clock.advance(2_000);
    await client.next('transcript', ({ text }) => text === 'one two');
  });

  it('that was a mere noise lets the assistant go on where it was', async () => {
    const client = await hearing(ms('one two three '));
    rig.ears.last.hear('');
    await client.next('clear');
    client.send({ type: 'ack', received_ms: 4000, played_ms: ms('one two three '), turn_id: 't1', done: true });
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    await client.next('transcript', ({ id, text }) => id === 't2' && text === WORDS.slice('one two three '.length));
    expect(rig.mind.calls).toEqual([]);
  });

  it('by a noise between turns changes nothing', async () => {
    const client = await greeted();
    rig.ears.last.begin();
    rig.ears.last.words('uh');
    rig.ears.last.end();
    rig.ears.last.words('', true);
    await client.settled();
    expect(client.lines.at(-1)).toMatchObject({ role: 'user', text: '', final: true });
    expect(client.all('turn_start')).toHaveLength(1);
    rig.ears.last.hear('Hello');
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
  });

  it('does not use up the credit of unheard audio', async () => {
    const client = await call({ assistant: { firstMessage: 'x'.repeat(100) } }, { playout: 'none' });
    for (let turn = 1; turn <= 20; turn++) {
      const before = (turn - 1) * 100;
      await client.until(() => client.frames.length === before + 100, `2 s of turn ${turn}`);
      rig.ears.last.hear(turn === 20 ? '' : 'x'.repeat(100));
      await client.next('clear', ({ turn_id }) => turn_id === `t${turn}`);
      client.send({
        type: 'ack',
        received_ms: (before + 100) * 20,
        played_ms: turn * 20,
        turn_id: `t${turn}`,
        done: true,
      });
    }
    const last = await client.next('turn_start', ({ turn_id }) => turn_id === 't21');
    expect(last.turn_id).toBe('t21');
  });
});

describe('a visitor who goes on after a pause', () => {
  it('gets one answer to both, where nothing of the first was heard', async () => {
    const client = await call(SILENT, { playout: 'none' });
    rig.ears.last.hear('I would like');
    await client.until(() => client.frames.length > 0);
    rig.ears.last.begin();
    expect(await client.next('clear')).toMatchObject({ turn_id: 't1', reason: 'superseded' });
    client.send({ type: 'ack', received_ms: 2000, played_ms: 0, turn_id: 't1', done: true });
    rig.ears.last.end();
    rig.ears.last.words('a table for two', true);
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    expect(rig.mind.calls.map(({ text }) => text)).toEqual(['I would like', 'I would like a table for two']);
    expect(rig.mind.calls[1]!.history).toEqual([]);
    expect(client.lines.filter(({ id }) => id === 't1')).toMatchObject([{ text: '', final: true }]);
  });

  it('is not told of an answer that had not begun', async () => {
    rig.mind.answer = async function* ({ text, signal }) {
      if (text === 'I would like') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      else yield 'Very well.';
    };
    const client = await call(SILENT);
    rig.ears.last.hear('I would like');
    await client.next('state', ({ state }) => state === 'thinking');
    rig.ears.last.hear('soup');
    await client.next('turn_end');
    expect(client.all('clear')).toEqual([]);
    expect(rig.mind.calls.at(-1)!.text).toBe('I would like soup');
    expect(client.said('assistant')).toBe('Very well.');
  });

  it('gets the answer to the first, where the second was a noise', async () => {
    rig.mind.answer = async function* ({ signal }) {
      if (rig.mind.calls.length === 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      else yield 'Very well.';
    };
    const client = await call(SILENT);
    rig.ears.last.hear('Soup please');
    await client.next('state', ({ state }) => state === 'thinking');
    rig.ears.last.hear('');
    await client.next('turn_end');
    expect(rig.mind.calls.map(({ text }) => text)).toEqual(['Soup please', 'Soup please']);
  });
});

describe('interrupt', () => {
  it('is answered by clear, and nothing more is said', async () => {
    const client = await call({ assistant: { firstMessage: 'one two three four five' } }, { playout: 'none' });
    await client.next('turn_start');
    client.send({ type: 'interrupt', turn_id: 't1', played_ms: ms('one two ') });
    expect(await client.next('clear')).toEqual({ type: 'clear', turn_id: 't1', reason: 'interrupt' });
    client.send({ type: 'ack', received_ms: 1000, played_ms: 9999, turn_id: 't1', done: true });
    await client.next('transcript', ({ text, final }) => final && text === 'one two');
    await listening(client);
    expect(client.all('turn_start')).toHaveLength(1);
  });

  it('may be repeated, come late or make no sense', async () => {
    const client = await greeted();
    for (const turn_id of ['t1', 't1', 't99', 'nonsense']) client.send({ type: 'interrupt', turn_id, played_ms: 0 });
    await client.settled();
    expect(client.all('clear').map(({ turn_id }) => turn_id)).toEqual(['t1', 't1', 't99', 'nonsense']);
    expect(client.said('assistant')).toBe(GREETING);
    rig.ears.last.hear('Still there?');
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
  });

  it('of an earlier turn ends the one that is under way too, since the client drops both', async () => {
    const client = await call({ assistant: { firstMessage: 'Hi.' } });
    await client.next('turn_end');
    rig.mind.answer = async function* ({ signal }) {
      yield 'One moment. ';
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    rig.ears.last.hear('Hello');
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    client.send({ type: 'interrupt', turn_id: 't1', played_ms: 0 });
    expect(await client.next('clear')).toMatchObject({ turn_id: 't1' });
    await listening(client);
  });
});

describe('writing', () => {
  it('in a call in text is answered in text', async () => {
    const client = await call({}, {}, { mode: 'text', audio: { up: [], down: [] } });
    expect(client.all('ready')[0]!.audio).toBeNull();
    await client.next('turn_end');
    client.send({ type: 'text', id: 'mine-1', text: ' Do you deliver? ' });
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    expect(client.lines.map(({ id, role, text, final }) => [id, role, text, final])).toEqual([
      ['t1', 'assistant', GREETING, true],
      ['mine-1', 'user', 'Do you deliver?', true],
      ['t2', 'assistant', 'You said: Do you deliver?.', true],
    ]);
    expect(client.frames).toEqual([]);
    expect(rig.ears.listeners).toEqual([]);
    expect(rig.desk.lines.get('mine-1')?.role).toBe('user');
  });

  it('in a call in voice is answered in voice, at once', async () => {
    const client = await call({ assistant: { firstMessage: 'x'.repeat(100) } }, { playout: 'none' });
    await client.until(() => client.frames.length === 100);
    client.send({ type: 'text', id: 'a', text: 'Shorter please' });
    expect(await client.next('clear')).toEqual({ type: 'clear', turn_id: 't1', reason: 'superseded' });
    client.send({ type: 'ack', received_ms: 2000, played_ms: 500, turn_id: 't1', done: true });
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    await client.until(() => client.frames.some(({ turnId }) => turnId === 't2'));
  });

  it('answers what is written meanwhile after the present answer', async () => {
    let go = (): void => {};
    rig.mind.answer = async function* ({ text }) {
      yield `First to ${text}. `;
      if (text === 'one') await new Promise<void>((resolve) => (go = resolve));
      yield 'Done.';
    };
    const client = await call(SILENT, {}, { mode: 'text' });
    client.send({ type: 'text', id: 'a', text: 'one' });
    await client.next('turn_start');
    client.send({ type: 'text', id: 'b', text: 'two' });
    await client.settled();
    go();
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    expect(client.said('assistant')).toBe('First to one. Done. First to two. Done.');
    expect(client.all('clear')).toEqual([]);
  });

  it('takes no id that another line has', async () => {
    const client = await greeted();
    for (const id of ['t1', 'u7', 'a', 'a']) client.send({ type: 'text', id, text: 'Hello' });
    await client.settled();
    expect(client.all('error')).toHaveLength(3);
    expect(client.lines.find(({ id }) => id === 't1')?.role).toBe('assistant');
  });
});

describe('mode', () => {
  it('text writes what is left of a turn, and takes no more sound', async () => {
    const client = await call(
      { assistant: { firstMessage: 'one two three four five six seven eight nine ten' } },
      { playout: 'none' },
    );
    await client.until(() => client.frames.length === 100);
    client.send({ type: 'mode', mode: 'text' });
    await client.next('clear');
    client.send({ type: 'ack', received_ms: 2000, played_ms: ms('one two '), turn_id: 't1', done: true });
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    expect(client.said('assistant')).toBe('one two three four five six seven eight nine ten');
    expect(client.frames.every(({ turnId }) => turnId !== 't2')).toBe(true);
    expect(rig.ears.last.flushes).toBe(1);
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.pushed).toEqual([]);
  });

  it('voice speaks from then on', async () => {
    const client = await call(SILENT, {}, { mode: 'text' });
    client.send({ type: 'mode', mode: 'voice' });
    client.send({ type: 'text', id: 'a', text: 'Hello' });
    await client.next('turn_end');
    expect(client.frames.length).toBeGreaterThan(0);
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.pushed).toHaveLength(320);
  });

  it('voice is refused where no format was offered', async () => {
    const client = await call(SILENT, {}, { mode: 'text', audio: { up: [], down: [] } });
    client.send({ type: 'mode', mode: 'voice' });
    expect(await client.next('error')).toMatchObject({ code: 'unsupported', fatal: false });
    client.send({ type: 'text', id: 'a', text: 'Hello' });
    await client.next('turn_end');
    expect(client.frames).toEqual([]);
  });
});

describe('mute', () => {
  it('finishes what was being said, and hears nothing until it is over', async () => {
    const client = await greeted();
    client.send({ type: 'mute', muted: true });
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.flushes).toBe(1);
    expect(rig.ears.last.pushed).toEqual([]);
    client.send({ type: 'mute', muted: false });
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.pushed).toHaveLength(320);
  });
});

describe('the uplink', () => {
  it('drops what comes faster than it can have been spoken, and says so once', async () => {
    const client = await greeted();
    for (let frame = 0; frame < 700; frame++) client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.pushed.length).toBe(600 * 320);
    expect(client.all('error')).toMatchObject([{ code: 'too_fast', fatal: false }]);
    rig.clock.advance(1_000);
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.last.pushed.length).toBe(601 * 320);
  });

  it('drops a frame that ends within a sample', async () => {
    const client = await greeted();
    client.socket.send(new Uint8Array(641));
    expect(await client.next('error')).toMatchObject({ code: 'bad_message', fatal: false });
    expect(rig.ears.last.pushed).toEqual([]);
  });
});

describe('feedback and tools', () => {
  it('go to the desk, and nowhere', async () => {
    const client = await greeted();
    client.send({ type: 'feedback', rating: 4, comment: 'fine' });
    client.send({ type: 'feedback', rating: 5 });
    client.send({ type: 'tool_result', id: 'x', result: null, is_error: false });
    await client.settled();
    expect(rig.desk.ratings).toEqual([
      { rating: 4, comment: 'fine' },
      { rating: 5, comment: null },
    ]);
    expect(client.all('error')).toEqual([]);
  });
});

describe('an engine that fails', () => {
  it('as the mind, is owned up to, and the call goes on', async () => {
    rig.mind.answer = async function* () {
      if (rig.mind.calls.length === 1) throw new Error('blank');
      yield 'Now I know.';
    };
    const client = await call(SILENT);
    rig.ears.last.hear('Hello');
    expect(await client.next('error')).toEqual({
      type: 'error',
      code: 'engine_failed',
      message: 'mind failed',
      fatal: false,
    });
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    await listening(client);
    expect(client.said('assistant')).toMatch(/say that again/);
    rig.ears.last.hear('Hello again');
    await client.next('transcript', ({ text }) => text === 'Now I know.');
  });

  it('as the mouth, leaves the call listening', async () => {
    const client = await greeted();
    rig.mouth.failure = new Error('hoarse');
    rig.ears.last.hear('Hello');
    await client.next('error', ({ message }) => message === 'mouth failed');
    await listening(client);
    rig.mouth.failure = null;
    rig.ears.last.hear('Better?');
    await client.next('turn_end', ({ turn_id }) => turn_id !== 't1');
    expect(client.said('assistant')).toMatch(/You said: Better/);
  });

  it('as the ears, is replaced three times, then ends the call', async () => {
    const client = await greeted();
    rig.ears.failure = new Error('deaf');
    for (let frame = 0; frame < 3; frame++) client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(rig.ears.listeners).toHaveLength(4);
    expect(rig.ears.listeners.slice(0, 3).every(({ closed }) => closed)).toBe(true);
    client.socket.send(new Uint8Array(640));
    expect((await client.closed).reason).toBe('error');
  });
});

describe('the end', () => {
  it('comes when the visitor hangs up', async () => {
    const client = await greeted();
    rig.clock.advance(7_000);
    client.send({ type: 'end', reason: 'visitor' });
    expect(await client.closed).toEqual({ code: 1000, reason: 'visitor' });
    expect(rig.desk.outcomes).toEqual([{ callId: CALL_ID, reason: 'visitor', durationMs: 7000 }]);
    expect(rig.ears.last.closed).toBe(true);
    expect(rig.gateway.activeCalls).toBe(0);
  });

  it('comes when the line is lost, and what was heard is kept', async () => {
    const client = await call({ assistant: { firstMessage: 'one two three four five' } }, { playout: 'none' });
    await client.until(() => client.frames.length > 30);
    client.send({ type: 'ack', received_ms: 600, played_ms: ms('one two ') });
    await client.settled();
    client.socket.terminate();
    await client.closed;
    await until(() => rig.gateway.activeCalls === 0);
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'lost' }]);
    expect(rig.desk.lines.get('t1')?.text).toBe('one two');
  });

  it('comes when visitor and assistant have said goodbye', async () => {
    rig.mind.answer = async function* () {
      yield 'Thank you for calling. Goodbye!';
    };
    const client = await greeted();
    rig.ears.last.hear("That's all, thank you, Nora. Goodbye.");
    expect(await client.closed).toEqual({ code: 1000, reason: 'assistant' });
    expect(client.said('assistant')).toBe(`${GREETING} Thank you for calling. Goodbye!`);
    expect(client.messages.at(-1)).toEqual({ type: 'end', reason: 'assistant' });
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'assistant' }]);
  });

  it('does not come when the visitor says something into the goodbye', async () => {
    const client = await call(SILENT, { playout: 'none' });
    rig.ears.last.hear('Goodbye');
    await client.next('turn_end');
    client.send({ type: 'ack', received_ms: 200, played_ms: 200 });
    await client.settled();
    rig.ears.last.hear('One more thing');
    await client.next('clear');
    client.send({ type: 'ack', received_ms: 900, played_ms: 300, turn_id: 't1', done: true });
    await client.next('turn_start', ({ turn_id }) => turn_id === 't2');
    expect(client.all('end')).toEqual([]);
  });
});

describe('the longest call', () => {
  const SHORT: FileOptions = { assistant: { firstMessage: null, maxDurationS: 90, silenceS: 600 } };

  /** In steps that keep the line from falling idle. */
  async function pass(client: GatewayClient, seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 10) {
      rig.clock.advance(Math.min(10, left) * 1000);
      await client.settled();
    }
  }

  it('is warned of 30 s before, in words and on the wire', async () => {
    const client = await call(SHORT);
    await pass(client, 59);
    expect(client.all('warning')).toEqual([]);
    await pass(client, 1);
    expect(client.all('warning')).toEqual([{ type: 'warning', code: 'max_duration', in_s: 30 }]);
    await client.next('turn_end');
    expect(client.said('assistant')).toMatch(/out of time/);
  });

  it('ends with a goodbye that is heard', async () => {
    const client = await call(SHORT);
    await pass(client, 80);
    rig.clock.advance(10_000);
    expect(await client.closed).toEqual({ code: 1000, reason: 'max_duration' });
    const last = client.messages.slice(-2).map(({ type }) => type);
    expect(last).toContain('end');
    expect(client.said('assistant')).toMatch(/Goodbye\.$/);
    expect(rig.desk.outcomes).toEqual([{ callId: CALL_ID, reason: 'max_duration', durationMs: 90_000 }]);
  });

  it('closes 10 s after the end where the client does not say that it heard it', async () => {
    const client = await call({ assistant: { firstMessage: null, maxDurationS: 4 } }, { playout: 'none' });
    rig.clock.advance(4_000);
    const turn = await client.next('turn_start');
    await client.until(() => client.frames.length === 100);
    client.send({ type: 'ack', received_ms: 2000, played_ms: 0 });
    await client.next('end');
    await client.settled();
    expect(client.all('turn_end')).toMatchObject([{ turn_id: turn.turn_id }]);
    rig.clock.advance(9_999);
    await client.settled();
    rig.clock.advance(1);
    expect((await client.closed).code).toBe(1000);
  });

  it('warns of a short one less early', async () => {
    const client = await call({ assistant: { firstMessage: null, maxDurationS: 20 } });
    rig.clock.advance(9_999);
    await client.settled();
    expect(client.all('warning')).toEqual([]);
    rig.clock.advance(1);
    expect(await client.next('warning')).toMatchObject({ in_s: 10 });
  });
});

describe('silence', () => {
  const QUIET: FileOptions = { assistant: { silenceS: 20 } };

  it('is asked about, then ends the call', async () => {
    const client = await greeted(QUIET);
    rig.clock.advance(9_999);
    await client.settled();
    expect(client.all('warning')).toEqual([]);
    rig.clock.advance(1);
    expect(await client.next('warning')).toEqual({ type: 'warning', code: 'silence', in_s: 10 });
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    await client.settled();
    expect(client.said('assistant')).toMatch(/still there/);
    rig.clock.advance(10_000);
    expect(await client.closed).toEqual({ code: 1000, reason: 'silence' });
    expect(client.said('assistant')).toMatch(/Goodbye\.$/);
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'silence' }]);
  });

  it('is over when the visitor speaks', async () => {
    const client = await greeted(QUIET);
    rig.clock.advance(15_000);
    await client.next('turn_end', ({ turn_id }) => turn_id === 't2');
    await client.settled();
    rig.ears.last.begin();
    rig.clock.advance(25_000);
    rig.ears.last.end();
    rig.ears.last.words('Yes', true);
    await client.next('turn_end', ({ turn_id }) => turn_id === 't3');
    await client.settled();
    rig.clock.advance(9_999);
    await client.settled();
    expect(client.all('warning')).toHaveLength(1);
    rig.clock.advance(1);
    await client.until(() => client.all('warning').length === 2);
  });

  it('does not begin while the assistant speaks', async () => {
    const client = await call({ assistant: { silenceS: 2 } }, { playout: 'none' });
    await client.next('turn_end');
    rig.clock.advance(3_000);
    await client.settled();
    expect(client.all('warning')).toEqual([]);
    client.send({ type: 'ack', received_ms: 1700, played_ms: 1700, turn_id: 't1', done: true });
    await client.settled();
    rig.clock.advance(1_000);
    expect(await client.next('warning')).toMatchObject({ code: 'silence', in_s: 1 });
  });

  it('is no matter in writing', async () => {
    const client = await call(QUIET, {}, { mode: 'text' });
    rig.clock.advance(25_000);
    await client.settled();
    expect(client.all('warning')).toEqual([]);
  });
});

/** Looks once a turn of the event loop. */
async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}
