/** As much of the peers as the bench uses: their packages are there only where the bench was run. */

declare module 'wavtools' {
  export class WavStreamPlayer {
    constructor(options: { sampleRate: number });
    connect(): Promise<true>;
    add16BitPCM(pcm: ArrayBuffer, trackId: string): Int16Array;
    interrupt(): Promise<unknown>;
  }
  export class WavRecorder {
    constructor(options: { sampleRate: number });
    begin(): Promise<true>;
    record(take: (data: { mono: ArrayBuffer }) => void): Promise<true>;
  }
}

declare module '@elevenlabs/client' {
  export const Conversation: {
    startSession(options: { signedUrl: string; connectionType: 'websocket' }): Promise<unknown>;
  };
}

declare module '@deepgram/browser-agent';

declare module '@humeai/voice-react' {
  export function useSoundPlayer(props: {
    enableAudioWorklet: boolean;
    onError(message: string): void;
    onPlayAudio(id: string): void;
    onStopAudio(id: string): void;
  }): {
    initPlayer(): Promise<void>;
    addToQueue(message: { type: string; id: string; index: number; data: string }): Promise<void>;
    clearQueue(): void;
  };
  export function useMicrophone(props: { onAudioCaptured(slice: ArrayBuffer): void; onError(message: string): void }): {
    start(stream: MediaStream): void;
  };
}

declare module 'react' {
  export function createElement(component: () => null): unknown;
  export function useEffect(effect: () => void, deps: readonly unknown[]): void;
}

declare module 'react-dom/client' {
  export function createRoot(container: Element): { render(element: unknown): void };
}
