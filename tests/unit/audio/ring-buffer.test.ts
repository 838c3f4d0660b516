import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../src/audio/ring-buffer.ts';

describe('RingBuffer', () => {
  it('behaves as a plain queue whatever is done to it', () => {
    const operation = fc.oneof(
      fc.record({ write: fc.array(fc.integer({ min: -0x8000, max: 0x7fff }), { maxLength: 20 }) }),
      fc.record({ read: fc.nat(30) }),
      fc.record({ truncate: fc.nat(30) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const ring = new RingBuffer(8);
        let queue: number[] = [];
        for (const step of operations) {
          const out = new Float32Array(30);
          let read: number[] = [];
          let count = 0;
          if ('write' in step) {
            ring.write(Int16Array.from(step.write));
            queue.push(...step.write);
          } else if ('read' in step) {
            read = queue.splice(0, step.read);
            count = ring.read(out, step.read);
          } else {
            ring.truncate(step.truncate);
            queue = queue.slice(0, step.truncate);
          }
          expect(count).toBe(read.length);
          expect(Array.from(out.subarray(0, count), (sample) => sample * 0x8000)).toEqual(read);
          expect(ring.length).toBe(queue.length);
        }
      }),
    );
  });
});
