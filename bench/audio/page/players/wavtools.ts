/** wavtools, as the console of its authors drives it: chunks from a socket to the player, and the recorder's back. */

import { WavRecorder, WavStreamPlayer } from 'wavtools';

globalThis.bench.player = async (url, { rate }) => {
  const player = new WavStreamPlayer({ sampleRate: rate });
  const recorder = new WavRecorder({ sampleRate: rate });
  await player.connect();
  await recorder.begin();
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let track = 0;
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') {
      track += 1;
      void player.interrupt();
    } else {
      player.add16BitPCM(data, String(track));
    }
  };
  await new Promise((resolve) => (socket.onopen = resolve));
  await recorder.record(({ mono }) => socket.send(mono));
};
