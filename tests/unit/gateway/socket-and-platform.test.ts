/** The socket of the widget and the gateway of the platform, each taking the other's word. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Socket } from '../../../src/gateway/socket.ts';
import type { DownlinkMessage, HeardReport, UplinkFrame } from '../../../src/protocol/media.ts';
import type { AudioFormat, GatewayMessage } from '../../../src/protocol/messages.ts';
import { ASSISTANT_ID, CALL_ID, openRig, type Rig, ToneMouth } from '../platform/voice/gateway-rig.ts';
import { MU_LAW, PCM_16, START } from './fakes.ts';

const GREETING = 'one two three four five';

const soon = (fact: () => void) => vi.waitFor(fact, 30_000);

let rig: Rig;
let socket: Socket;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(async () => {
  socket.close();
  await rig[Symbol.asyncDispose]();
});

/** A call by a client that likes this format best, and all that came of it. */
function call(best: AudioFormat) {
  const [uplink, downlink] = [new MessageChannel(), new MessageChannel()];
  const messages: GatewayMessage[] = [];
  const played: DownlinkMessage[] = [];
  const speaker = downlink.port1 as unknown as MessagePort;
  speaker.onmessage = ({ data }: { data: DownlinkMessage }) => void played.push(data);
  const offers = [best, PCM_16];
  socket = new Socket(
    {
      url: rig.createCall({ assistant: { firstMessage: GREETING } }),
      start: { ...START, call_id: CALL_ID, assistant_id: ASSISTANT_ID, audio: { up: offers, down: offers } },
      uplink: uplink.port2 as unknown as MessagePort,
      downlink: downlink.port2 as unknown as MessagePort,
    },
    { onmessage: (message) => messages.push(message), onclose() {} },
  );
  return {
    messages,
    played,
    /** What came of a turn, in ms. */
    msOf: (id: string, sampleRate: number): number =>
      played.reduce(
        (sum, message) =>
          message.type === 'frame' && message.turnId === id ? sum + (message.pcm.byteLength * 500) / sampleRate : sum,
        0,
      ),
    say: (pcm: ArrayBuffer) => uplink.port1.postMessage({ type: 'frame', pcm } satisfies UplinkFrame, [pcm]),
    hear: (turnMs: number, done = false) =>
      speaker.postMessage({ type: 'heard', turnId: 't1', turnMs, playedMs: turnMs, done } satisfies HeardReport),
  };
}

describe('the socket and the platform', () => {
  it('speak mu-law to each other where the client likes that best', async () => {
    const { played, msOf, say } = call(MU_LAW);
    await soon(() => expect(msOf('t1', 8_000)).toBeGreaterThan(1_000));
    expect(await socket.getStats()).toMatchObject({ up: MU_LAW, down: MU_LAW });
    const loudest = played.flatMap((message) => (message.type === 'frame' ? [...new Int16Array(message.pcm)] : []));
    expect(Math.max(...loudest)).toBeGreaterThan(7_500);
    expect(Math.max(...loudest)).toBeLessThan(8_500);

    for (let frame = 0; frame < 10; frame++) {
      say(Int16Array.from({ length: 320 }, (_, i) => 8_000 * Math.sin((Math.PI * (frame * 320 + i)) / 16)).buffer);
    }
    // All of it but what the two filters hold back.
    await soon(() => expect(rig.ears.last.pushed.length).toBeGreaterThan(3_100));
    const heard = Math.max(...rig.ears.last.pushed.slice(1_000));
    expect(heard).toBeGreaterThan(7_500);
    expect(heard).toBeLessThan(8_500);
  });

  it("agree on what was heard before the visitor's stop, and go on", async () => {
    const { messages, played, msOf, hear } = call(PCM_16);
    await soon(() => expect(msOf('t1', 16_000)).toBeGreaterThan(1_000));
    hear(100);
    // It would wait 100 ms for the player's last word; on a clock that stands still it waits until that has come.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    socket.interrupt();
    vi.useRealTimers();
    await soon(() => expect(played.at(-1)).toEqual({ type: 'clear', turnId: 't1' }));
    hear('one two '.length * ToneMouth.msPerCharacter, true);
    await soon(() =>
      expect(messages).toContainEqual(expect.objectContaining({ type: 'transcript', text: 'one two', final: true })),
    );
    expect(messages).toContainEqual({ type: 'clear', turn_id: 't1', reason: 'interrupt' });

    rig.ears.last.hear('Go on');
    await soon(() => expect(msOf('t2', 16_000)).toBeGreaterThan(500));
  });
});
