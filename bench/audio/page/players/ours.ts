/** This project's own way: capture and playout worklets, and the socket in a worker between them. */

import { Microphone } from '../../../../src/audio/microphone.ts';
import { openContext } from '../../../../src/audio/sound-context.ts';
import { Speaker } from '../../../../src/audio/speaker.ts';
import { rememberedStartMs, rememberStartMs } from '../../../../src/call/memory.ts';
import { prepareGateway } from '../../../../src/gateway/gateway.ts';

globalThis.bench.player = async (url, { rate }) => {
  const context = openContext();
  const { signal } = new AbortController();
  const [uplink, downlink] = [new MessageChannel(), new MessageChannel()];
  const [gateway, speaker] = await Promise.all([
    prepareGateway({ assetBase: null, signal }),
    Speaker.open({ context, port: downlink.port1, signal, startMs: rememberedStartMs() }),
    Microphone.open({ context, port: uplink.port1, signal }),
  ]);
  speaker.onlearnt = rememberStartMs;
  if (!gateway.inWorker) throw new Error('the socket is not in a worker');
  await new Promise<void>((resolve, reject) => {
    gateway.open({
      url,
      start: {
        type: 'start',
        version: 1,
        call_id: 'bench',
        assistant_id: 'bench',
        mode: 'voice',
        audio: {
          up: [{ encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 }],
          down: [{ encoding: 'pcm_s16le', sample_rate: rate, channels: 1 }],
        },
      },
      uplink: uplink.port2,
      downlink: downlink.port2,
      onmessage: (message) => {
        if (message.type === 'ready') resolve();
      },
      onclose: ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`)),
    });
  });
};
