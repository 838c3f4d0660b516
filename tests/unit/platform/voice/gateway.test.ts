import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayClient, PCM_16K } from '../../../gateway-client.ts';
import { ASSISTANT_ID, CALL_ID, GREETING, type Rig, ScriptedMind, WIDGET_ID, callUrl, openRig } from './gateway-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ maxCalls: 2, production: true });
});
afterEach(async () => {
  await rig[Symbol.asyncDispose]();
});

/** How a start of this kind ends. */
async function refusal(client: GatewayClient, ...start: Parameters<GatewayClient['start']>) {
  await client.start(...start);
  const closed = await client.closed;
  expect(client.all('ready')).toEqual([]);
  return closed;
}

describe('admission', () => {
  it('makes a call live', async () => {
    const client = await GatewayClient.call(rig.createCall(), {}, { widget_id: WIDGET_ID });
    expect(client.messages[0]).toEqual({
      type: 'ready',
      version: 1,
      call_id: CALL_ID,
      resume_token: expect.stringMatching(/^[\w-]{32}$/),
      received: 0,
      audio: { up: PCM_16K, down: PCM_16K },
      assistant: { name: 'Nora', language: 'English' },
      limits: { max_duration_s: 600, silence_s: 60 },
    });
    expect(rig.desk.live).toEqual([CALL_ID]);
    expect(rig.gateway.activeCalls).toBe(1);
  });

  it('closes at once where the call is unknown', async () => {
    const client = new GatewayClient(callUrl(rig.port));
    expect(await client.closed).toEqual({ code: 1008, reason: 'call unknown' });
  });

  it('closes at once where the origin is not allowed', async () => {
    const url = rig.createCall({ widget: { allowedOrigins: ['https://northwind.example'] } });
    expect(await new GatewayClient(url, { origin: 'https://evil.example' }).closed).toEqual({
      code: 1008,
      reason: 'origin not allowed',
    });
    expect((await new GatewayClient(url, { origin: 'http://localhost:5173' }).closed).code).toBe(1008);
    await GatewayClient.call(url, { origin: 'https://northwind.example' });
  });

  it('lets localhost in outside production', async () => {
    await using lenient = await openRig();
    const url = lenient.createCall({ widget: { allowedOrigins: ['https://northwind.example'] } });
    await GatewayClient.call(url, { origin: 'http://localhost:5173' });
    expect(lenient.gateway.activeCalls).toBe(1);
  });

  it('takes a call that belongs to no widget, and a client that is no browser', async () => {
    await GatewayClient.call(rig.createCall({ widget: null }));
    expect(rig.gateway.activeCalls).toBe(1);
  });

  it('closes where the call is over', async () => {
    const client = new GatewayClient(rig.createCall({ file: { over: true } }));
    expect(await client.closed).toEqual({ code: 1008, reason: 'call over' });
  });

  it('closes where the call was created a minute ago', async () => {
    const url = rig.createCall();
    rig.clock.advance(60_000);
    expect(await new GatewayClient(url).closed).toEqual({ code: 1008, reason: 'call expired' });
  });

  it('closes where a phone call was not picked up, or a minute ago', async () => {
    const answeredAt = new Date(rig.clock.now());
    const ringing = rig.createCall({ widget: null, file: { phone: { answeredAt: null } } });
    expect(await new GatewayClient(ringing).closed).toEqual({ code: 1008, reason: 'not answered' });
    const over = rig.createCall({ widget: null, file: { phone: { answeredAt: null }, over: true } });
    expect(await new GatewayClient(over).closed).toEqual({ code: 1008, reason: 'call over' });
    const pickedUp = rig.createCall({ widget: null, file: { phone: { answeredAt } } });
    rig.clock.advance(60_000);
    expect(await new GatewayClient(pickedUp).closed).toEqual({ code: 1008, reason: 'call expired' });
  });

  it('takes a phone call that rang for longer than a web call may wait', async () => {
    const createdAt = new Date(rig.clock.now());
    rig.clock.advance(120_000);
    const answeredAt = new Date(rig.clock.now());
    rig.clock.advance(59_999);
    await GatewayClient.call(rig.createCall({ widget: null, file: { createdAt, phone: { answeredAt } } }));
    expect(rig.gateway.activeCalls).toBe(1);
  });

  it('closes where the ids differ', async () => {
    const url = rig.createCall();
    const differ = { code: 1008, reason: 'ids differ' };
    expect(await new GatewayClient(callUrl(rig.port, CALL_ID, 'other')).closed).toEqual(differ);
    expect(await refusal(new GatewayClient(url), { call_id: 'other' })).toEqual(differ);
    expect(await refusal(new GatewayClient(url), { assistant_id: 'other' })).toEqual(differ);
    expect(await refusal(new GatewayClient(url), { widget_id: 'other' })).toEqual(differ);
  });

  it('closes where no start comes within 5 s', async () => {
    const client = new GatewayClient(rig.createCall());
    await client.opened();
    rig.clock.advance(5_000);
    expect(await client.closed).toEqual({ code: 1008, reason: 'start expected' });
  });

  it('closes where the first frame is no start', async () => {
    const url = rig.createCall();
    const expected = { code: 1008, reason: 'start expected' };
    const typing = new GatewayClient(url);
    await typing.opened();
    typing.send({ type: 'ping', t: 1, received: 0 });
    expect(await typing.closed).toEqual(expected);
    const speaking = new GatewayClient(url);
    await speaking.opened();
    speaking.socket.send(new Uint8Array(640));
    expect(await speaking.closed).toEqual(expected);
  });

  it('closes where the start is not what a start is', async () => {
    const closed = await refusal(new GatewayClient(rig.createCall()), { mode: 'sing' as 'text' });
    expect(closed).toEqual({ code: 1008, reason: 'start: check mode' });
  });

  it('closes where the version is another', async () => {
    expect((await refusal(new GatewayClient(rig.createCall()), { version: 2 })).code).toBe(4002);
  });

  it.each(['paused', 'draft'] as const)('closes where the widget is %s', async (status) => {
    const client = new GatewayClient(rig.createCall({ widget: { status } }));
    expect(await client.closed).toEqual({ code: 4000, reason: status });
  });

  it('closes where the present terms were not accepted', async () => {
    const terms = 'We record this call. – Northwind Catering';
    const url = rig.createCall({ widget: { terms } });
    const consent = (text: string) => ({
      terms_sha256: createHash('sha256').update(text).digest('hex'),
      accepted_at: '2026-11-01T10:00:00Z',
    });
    expect(await refusal(new GatewayClient(url))).toEqual({ code: 4004, reason: 'terms not accepted' });
    expect(await refusal(new GatewayClient(url), { consent: consent('old terms') })).toEqual({
      code: 4004,
      reason: 'terms changed',
    });
    await GatewayClient.call(url, {}, { consent: consent(terms) });
  });

  it('closes with 1013 where all lines are taken', async () => {
    const [one, two, three] = ['a', 'b', 'c'].map((callId) => rig.createCall({ callId }));
    await GatewayClient.call(one!);
    const second = await GatewayClient.call(two!);
    expect(await refusal(new GatewayClient(three!))).toEqual({ code: 1013, reason: 'full' });
    await second.hangUp();
    await GatewayClient.call(three!);
  });

  it('closes a second socket that starts a live call, and leaves the first alone', async () => {
    const url = rig.createCall();
    const first = await GatewayClient.call(url);
    expect(await refusal(new GatewayClient(url))).toEqual({ code: 1008, reason: 'already started' });
    await first.settled();
  });

  it('closes on a second start', async () => {
    const client = await GatewayClient.call(rig.createCall());
    await client.start();
    expect(await client.closed).toEqual({ code: 1008, reason: 'already started' });
  });

  it('deals after ready with what came before it', async () => {
    const client = new GatewayClient(rig.createCall());
    await client.start();
    client.send({ type: 'feedback', rating: 3 });
    client.socket.send(new Uint8Array(640));
    await client.settled();
    expect(client.messages[0]!.type).toBe('ready');
    expect(client.all('pong')).toMatchObject([{ received: 2 }]);
    expect(rig.desk.ratings).toEqual([{ rating: 3, comment: null }]);
    expect(rig.ears.last.pushed).toHaveLength(320);
  });

  it('forgets a call whose client left before ready', async () => {
    const client = new GatewayClient(rig.createCall());
    let live = (_first: boolean): void => {};
    rig.desk.wentLive = () => new Promise((resolve) => (live = resolve));
    await client.start();
    await until(() => rig.gateway.activeCalls === 1);
    client.socket.terminate();
    await client.closed;
    live(true);
    // A paused socket does not hear of its end: the first write, or silence, tells.
    rig.clock.advance(30_000);
    await until(() => rig.gateway.activeCalls === 0);
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'lost' }]);
  });

  it('takes no call that another node has taken since', async () => {
    rig.desk.wentLive = async () => false;
    const closed = await refusal(new GatewayClient(rig.createCall()));
    expect(closed).toEqual({ code: 1008, reason: 'already started' });
    expect(rig.gateway.activeCalls).toBe(0);
    expect(rig.desk.outcomes).toEqual([]);
  });

  it('lets the mind prepare before ready, and takes the call where it can not', async () => {
    const prepared: string[] = [];
    const prepare = async (assistantId: string): Promise<void> => {
      prepared.push(assistantId);
      throw new Error('no pages');
    };
    await using failing = await openRig({ mind: Object.assign(new ScriptedMind(), { prepare }) });
    await GatewayClient.call(failing.createCall());
    expect(prepared).toEqual([ASSISTANT_ID]);
    expect(failing.gateway.activeCalls).toBe(1);
  });

  it('does not resume', async () => {
    const closed = await refusal(new GatewayClient(rig.createCall()), { resume: { token: 'x', received: 0 } });
    expect(closed).toEqual({ code: 1008, reason: 'cannot resume' });
  });

  it('closes where no format is common', async () => {
    const client = new GatewayClient(rig.createCall());
    const closed = await refusal(client, { audio: { up: [PCM_16K], down: [] } });
    expect(client.all('error')).toMatchObject([{ code: 'unsupported', fatal: true }]);
    expect(closed).toEqual({ code: 1008, reason: 'no common audio' });
  });

  it('closes with 1011 where the desk is out of order', async () => {
    rig.desk.find = async () => Promise.reject(new Error('no desk'));
    expect(await new GatewayClient(callUrl(rig.port)).closed).toEqual({ code: 1011, reason: 'internal' });
  });
});

describe('a live socket', () => {
  it.each(['hello', '[1]', '{"no":"type"}'])('is closed with 1007 on %j', async (frame) => {
    const client = await GatewayClient.call(rig.createCall());
    client.socket.send(frame);
    expect(await client.closed).toEqual({ code: 1007, reason: 'not json' });
  });

  it('is closed with 1007 where the first frame is garbage already', async () => {
    const client = new GatewayClient(rig.createCall());
    await client.opened();
    client.socket.send('{');
    expect((await client.closed).code).toBe(1007);
  });

  it.each([
    ['text', () => JSON.stringify({ type: 'x', filling: 'x'.repeat(65_536) })],
    ['binary', () => new Uint8Array(65_537)],
  ])('is closed with 1009 on too big a %s frame', async (_, frame) => {
    const client = await GatewayClient.call(rig.createCall());
    client.socket.send(frame());
    expect(await client.closed).toEqual({ code: 1009, reason: 'frame too big' });
  });

  it('is closed with 1001 when nothing has come for 30 s, and the call is over', async () => {
    const client = await GatewayClient.call(rig.createCall(), { playout: 'none' });
    client.socket.pause();
    rig.clock.advance(30_000);
    client.socket.resume();
    expect(await client.closed).toEqual({ code: 1001, reason: 'idle' });
    expect(rig.desk.outcomes).toMatchObject([{ callId: CALL_ID, reason: 'lost' }]);
  });

  it('is pinged every 10 s, and lives as long as it answers', async () => {
    const client = await GatewayClient.call(rig.createCall({ assistant: { firstMessage: null, silenceS: 600 } }));
    let pings = 0;
    client.socket.on('ping', () => pings++);
    for (let round = 1; round <= 6; round++) {
      rig.clock.advance(10_000);
      await client.settled();
    }
    expect(pings).toBe(6);
  });

  it('lets other types and fields pass, and names what it can not read', async () => {
    const client = await GatewayClient.call(rig.createCall());
    client.socket.send('{"type":"dance"}');
    client.socket.send('{"type":"feedback","rating":9}');
    await client.settled();
    expect(client.all('error')).toEqual([
      { type: 'error', code: 'bad_message', message: 'feedback: check rating', fatal: false },
    ]);
  });

  it('counts what it received, but start, ack and ping', async () => {
    const client = await GatewayClient.call(rig.createCall());
    client.send({ type: 'ping', t: 7, received: 0 });
    expect(await client.next('pong')).toEqual({ type: 'pong', t: 7, received: 0 });
    client.send({ type: 'ack', received_ms: 0, played_ms: 0 });
    client.send({ type: 'mute', muted: false });
    client.socket.send('{"type":"dance"}');
    client.socket.send('{"type":"feedback"}');
    for (let frame = 0; frame < 5; frame++) client.socket.send(new Uint8Array(640));
    client.send({ type: 'ping', t: 8, received: 0 });
    expect(await client.next('pong', ({ t }) => t === 8)).toEqual({ type: 'pong', t: 8, received: 8 });
  });

  it('tells its count by itself while frames come', async () => {
    const client = await GatewayClient.call(rig.createCall());
    for (let frame = 0; frame < 5; frame++) client.socket.send(new Uint8Array(640));
    // No ping: its answer would tell the count, and spare the ack.
    await until(() => rig.ears.last.pushed.length === 5 * 320);
    rig.clock.advance(250);
    expect(await client.next('ack')).toEqual({ type: 'ack', received: 5 });
  });
});

describe('drain', () => {
  it('says goodbye, ends what is live, and takes nothing new', async () => {
    const one = await GatewayClient.call(rig.createCall({ callId: 'a' }));
    const two = await GatewayClient.call(rig.createCall({ callId: 'b' }));
    const late = rig.createCall({ callId: 'c' });
    const drained = rig.gateway.drain(5_000);
    expect(await new GatewayClient(late).closed).toEqual({ code: 1012, reason: 'restarting' });
    for (const client of [one, two]) {
      expect(await client.closed).toEqual({ code: 1000, reason: 'drained' });
      expect(client.all('end')).toEqual([{ type: 'end', reason: 'drained' }]);
      expect(client.said('assistant')).toMatch(/Goodbye\.$/);
    }
    await drained;
    expect(rig.gateway.activeCalls).toBe(0);
    expect(rig.desk.outcomes.map(({ reason }) => reason)).toEqual(['drained', 'drained']);
  });

  it('does not wait longer than it was told to', async () => {
    const client = await GatewayClient.call(rig.createCall(), { playout: 'none' });
    await client.next('turn_start');
    const drained = rig.gateway.drain(1_000);
    rig.clock.advance(1_000);
    await drained;
    await client.closed;
    expect(client.all('end')).toEqual([{ type: 'end', reason: 'drained' }]);
    expect(rig.desk.outcomes).toMatchObject([{ reason: 'drained' }]);
  });
});

it('speaks its greeting to more than one at once', async () => {
  const clients = await Promise.all(['a', 'b'].map((callId) => GatewayClient.call(rig.createCall({ callId }))));
  for (const client of clients) {
    await client.next('turn_end');
    expect(client.said('assistant')).toBe(GREETING);
  }
});

/** Looks once a turn of the event loop. */
async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}
