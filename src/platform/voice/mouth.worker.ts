/** The thread that Flite runs on: a shell. */

import { parentPort, workerData } from 'node:worker_threads';
import { Flite } from './flite.ts';
import { type FromMouthWorker, isToMouthWorker, type MouthWorkerData } from './mouth-ports.ts';

const { wasmFile, directory } = workerData as MouthWorkerData;
const flite = await Flite.load(wasmFile, directory);
// The first sentence of a voice is slow: compile its code before anybody waits for it.
flite.say('Hello.', 'slt');

const tell = (message: FromMouthWorker, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

parentPort?.on('message', (message: unknown) => {
  if (!isToMouthWorker(message)) return;
  try {
    const samples = flite.say(message.text, message.voice);
    tell({ type: 'sound', samples }, [samples.buffer as ArrayBuffer]);
  } catch (error) {
    tell({ type: 'failed', message: String(error) });
  }
});

tell({ type: 'ready' });
