/** The part of sherpa-onnx-node (which ships no types) that the ears use. */
declare module 'sherpa-onnx-node' {
  export interface OfflineStream {
    /** 32-bit samples between -1 and 1. */
    acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void;
  }

  export interface OfflineRecognizer {
    createStream(): OfflineStream;
    /** Decodes on libuv's thread pool. */
    decodeAsync(stream: OfflineStream): Promise<{ text: string }>;
  }

  export interface OfflineRecognizerConfig {
    featConfig: { sampleRate: number; featureDim: number };
    modelConfig: {
      moonshine: { encoder: string; mergedDecoder: string };
      tokens: string;
      numThreads: number;
      provider: 'cpu';
      debug: 0 | 1;
    };
  }

  export interface VadConfig {
    sileroVad: {
      model: string;
      threshold: number;
      minSilenceDuration: number;
      minSpeechDuration: number;
      maxSpeechDuration: number;
      windowSize: number;
    };
    sampleRate: number;
    numThreads: number;
    debug: 0 | 1;
  }

  export interface Vad {
    acceptWaveform(samples: Float32Array): void;
    isDetected(): boolean;
    isEmpty(): boolean;
    pop(): void;
    reset(): void;
  }

  /** CommonJS: only the default export can be imported. */
  const sherpa: {
    OfflineRecognizer: { createAsync(config: OfflineRecognizerConfig): Promise<OfflineRecognizer> };
    Vad: new (config: VadConfig, bufferSeconds: number) => Vad;
  };
  export default sherpa;
}
