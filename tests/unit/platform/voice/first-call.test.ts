/** A whole call with the real engines: a recording goes in by the socket, words and a voice come back. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, createGateway } from '../../../../src/platform/voice/gateway.ts';
import { createLocalVoice } from '../../../../src/platform/voice/local.ts';
import { GatewayClient } from '../../../gateway-client.ts';
import { readWav } from '../../../wav.ts';
import { wordErrorRate } from '../../../word-error-rate.ts';
import { ASSISTANT_ID, CALL_ID, GREETING, MemoryDesk, callUrl, serve } from './gateway-rig.ts';

const SAID =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';

const desk = new MemoryDesk();
let voice: Awaited<ReturnType<typeof createLocalVoice>>;
let gateway: Gateway;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  voice = await createLocalVoice();
  gateway = createGateway({ desk, ...voice });
  served = await serve(gateway);
});
afterAll(async () => {
  await served?.close();
  await voice?.close();
});

describe('a first call', () => {
  it('greets, understands a recording, and answers aloud', { timeout: 120_000 }, async () => {
    desk.files.set(CALL_ID, {
      callId: CALL_ID,
      assistantId: ASSISTANT_ID,
      createdAt: new Date(),
      over: false,
      assistant: {
        name: 'Nora',
        companyName: 'Northwind Catering',
        language: 'English',
        voice: null,
        firstMessage: GREETING,
        systemPrompt: null,
        maxDurationS: 120,
        silenceS: 60,
      },
      widget: null,
    });
    const client = await GatewayClient.call(callUrl(served.port), { playout: 'real' });
    const greeting = await client.next('turn_end');
    expect(loudness(client.audio(greeting.turn_id))).toBeGreaterThan(500);
    await client.next('state', ({ state }) => state === 'listening');

    // A second of silence, so that whoever speaks has fallen silent.
    const { samples } = readWav(new URL('../../../fixtures/jfk.wav', import.meta.url));
    await client.speak(Int16Array.from([...samples, ...new Int16Array(16_000)]));
    // Its pauses are long, so that some of it may be answered before it is over.
    const last = () => client.lines.filter(({ text }) => text !== '').at(-1)!;
    await client.until(() => {
      const answered = client.all('turn_end').some(({ turn_id }) => turn_id === last().turn_id);
      return last().turn_id !== greeting.turn_id && answered && client.all('state').at(-1)?.state === 'listening';
    }, 'an answer that was heard to its end');

    expect(wordErrorRate(SAID, client.said('user'))).toBeLessThan(0.1);
    const answer = last();
    expect(answer.role).toBe('assistant');
    expect(answer.final).toBe(true);
    expect(answer.text).not.toBe(GREETING);
    expect(loudness(client.audio(answer.turn_id))).toBeGreaterThan(500);
    expect(client.all('error')).toEqual([]);

    await client.hangUp();
    expect(desk.outcomes).toMatchObject([{ callId: CALL_ID, reason: 'visitor' }]);
    const lines = [...desk.lines.values()];
    expect(lines.map(({ role }) => role)).toEqual(expect.arrayContaining(['user', 'assistant']));
    expect(lines.every(({ atMs, endMs }) => endMs! >= atMs)).toBe(true);
    const [greeted, answered] = [lines.find(({ id }) => id === greeting.turn_id)!, lines.at(-1)!];
    const heard = lines.filter(({ role }) => role === 'user');
    const [firstHeard, lastHeard] = [heard[0]!, heard.at(-1)!];
    // The recording's voice lasts 10.3 s from its first word to its last; more where this machine had no time for it.
    expect(lastHeard.endMs! - firstHeard.atMs).toBeGreaterThan(9_500);
    expect(lastHeard.endMs! - firstHeard.atMs).toBeLessThan(14_000);
    expect(firstHeard.atMs).toBeGreaterThan(greeted.endMs!);
    expect(answered.atMs).toBeGreaterThan(lastHeard.endMs!);
    // The greeting was played by the wall clock.
    const greetingMs = (client.audio(greeting.turn_id).length * 1000) / 16_000;
    expect(greeted.endMs! - greeted.atMs).toBeGreaterThan(greetingMs - 250);
    // Of its questions the assistant, which has read nothing, could answer none.
    expect(answered).toMatchObject({ role: 'assistant', answered: false });
    expect(gateway.activeCalls).toBe(0);
  });
});

/** Root mean square, of 32 767. */
function loudness(sound: Int16Array): number {
  return Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sound.length));
}
