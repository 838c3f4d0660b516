/** Keeps the synthesis thread: one sentence at a time in order of asking, a new thread where one dies. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FliteVoice } from './flite.ts';
import { fliteModule } from './model-files.ts';
import { isFromMouthWorker, type MouthWorkerData, type ToMouthWorker } from './mouth-ports.ts';

interface Job {
  readonly text: string;
  readonly voice: FliteVoice;
  readonly signal: AbortSignal;
  resolve(samples: Int16Array): void;
  reject(error: Error): void;
}

/** From source the neighbour is TypeScript, from a bundle JavaScript. */
const WORKER = join(import.meta.dirname, `mouth.worker${extname(import.meta.filename)}`);

export class Synthesis {
  #directory = mkdtempSync(join(tmpdir(), 'indigenius-mouth-'));
  #worker: Worker | null = null;
  #ready: Promise<void> = Promise.resolve();
  #waiting: Job[] = [];
  #current: Job | null = null;
  #closed = false;

  /** Resolves once a thread is ready; rejects where it can't be started. */
  start(): Promise<void> {
    if (this.#worker !== null) return this.#ready;
    const workerData: MouthWorkerData = { wasmFile: fliteModule(), directory: this.#directory };
    const worker = new Worker(WORKER, { workerData, name: 'mouth' });
    this.#worker = worker;
    this.#ready = new Promise((resolve, reject) => {
      worker.on('message', (message: unknown) => {
        if (!isFromMouthWorker(message)) return;
        if (message.type === 'ready') resolve();
        else if (message.type === 'sound') this.#settle((job) => job.resolve(message.samples));
        else this.#settle((job) => job.reject(new Error(message.message)));
      });
      const died = (error: Error): void => {
        reject(error);
        if (this.#worker !== worker) return;
        this.#worker = null;
        this.#settle((job) => job.reject(error));
      };
      worker.on('error', (error) => died(error instanceof Error ? error : new Error(String(error))));
      worker.on('exit', (code) => died(new Error(`the synthesis thread ended with code ${code}`)));
    });
    // An idle thread keeps no process alive; one that somebody waits for does.
    this.#ready.then(
      () => this.#current === null && worker.unref(),
      () => undefined,
    );
    return this.#ready;
  }

  /** 16000 Hz mono. Rejects where the thread dies, on abort (unless begun) and after `close`. */
  say(text: string, voice: FliteVoice, signal: AbortSignal): Promise<Int16Array> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('the mouth is closed'));
      this.#waiting.push({ text, voice, signal, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = null;
    const error = new Error('the mouth is closed');
    for (const job of this.#waiting.splice(0)) job.reject(error);
    this.#current?.reject(error);
    this.#current = null;
    await worker?.terminate();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #next(): void {
    if (this.#current !== null || this.#closed) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    if (job.signal.aborted) {
      job.reject(new Error('aborted'));
      return this.#next();
    }
    this.#current = job;
    this.start().then(
      () => {
        const message: ToMouthWorker = { type: 'say', text: job.text, voice: job.voice };
        if (this.#current !== job) return;
        this.#worker?.ref();
        this.#worker?.postMessage(message);
      },
      (error: Error) => {
        if (this.#current === job) this.#settle((failed) => failed.reject(error));
      },
    );
  }

  #settle(tell: (job: Job) => void): void {
    const job = this.#current;
    this.#current = null;
    this.#worker?.unref();
    if (job !== null) tell(job);
    this.#next();
  }
}
