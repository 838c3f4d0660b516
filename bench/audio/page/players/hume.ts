/** Hume's player and microphone: the hooks that its package exports, in a component that shows nothing. */

import { useMicrophone, useSoundPlayer } from '@humeai/voice-react';
import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

globalThis.bench.player = (url, { worklet }) =>
  new Promise((resolve, reject) => {
    let socket: WebSocket | null = null;
    const fail = (message: string): void => reject(new Error(message));

    function Call(): null {
      const player = useSoundPlayer({
        enableAudioWorklet: worklet,
        onError: fail,
        onPlayAudio: () => {},
        onStopAudio: () => {},
      });
      const microphone = useMicrophone({ onAudioCaptured: (slice) => socket?.send(slice), onError: fail });
      useEffect(() => {
        void (async () => {
          await player.initPlayer();
          const line = new WebSocket(url);
          line.onmessage = ({ data }: MessageEvent<string>) => {
            const message = JSON.parse(data) as { type: string; id: string; index: number; data: string };
            if (message.type === 'audio_output') void player.addToQueue(message);
            else player.clearQueue();
          };
          await new Promise((opened) => (line.onopen = opened));
          socket = line;
          microphone.start(await navigator.mediaDevices.getUserMedia({ audio: true }));
          resolve();
        })();
      }, []);
      return null;
    }

    createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(Call));
  });
