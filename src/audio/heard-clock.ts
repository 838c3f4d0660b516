/**
 * Knows what has been heard, as against what has been written: each stretch of written media is marked with the moment,
 * counted in samples of the output, at which the last of it leaves the loudspeaker.
 */

/** By output sample `at`, so many samples of the turn's media have been heard; `last` when that is all of it. */
interface Mark {
  at: number;
  turnId: string;
  samples: number;
  sampleRate: number;
  last: boolean;
}

/** Marks in flight, one a block: 2.7 s at 48 kHz, far more than any output is late. */
const ROOM = 1024;

export class HeardClock {
  /** The turn last heard of; null before the first. */
  turnId: string | null = null;
  /** Media time of that turn heard so far, in ms. */
  turnMs = 0;
  /** It has been heard to its end, or will not be heard any further. */
  over = true;
  /** The output sample at which something was last heard. */
  movedAt = 0;

  readonly #marks: Mark[] = Array.from({ length: ROOM }, () => ({
    at: 0,
    turnId: '',
    samples: 0,
    sampleRate: 1,
    last: false,
  }));
  #first = 0;
  #count = 0;
  #earlierMs = 0;

  /** Media time heard of all turns, in ms. */
  get playedMs(): number {
    return this.#earlierMs + this.turnMs;
  }

  /** Written: what will have been heard by output sample `at`. Marks come in order. Whole numbers: no others are free. */
  mark(at: number, turnId: string, samples: number, sampleRate: number, last: boolean): void {
    if (this.#count === ROOM) this.#take();
    const mark = this.#marks[(this.#first + this.#count++) % ROOM]!;
    mark.at = at;
    mark.turnId = turnId;
    mark.samples = samples;
    mark.sampleRate = sampleRate;
    mark.last = last;
  }

  /** Takes the next mark, if its moment has come by output sample `now`; false when there was none. */
  advance(now: number): boolean {
    if (this.#count === 0 || this.#marks[this.#first]!.at > now) return false;
    this.#take();
    return true;
  }

  /** Moves to `now`, between the last mark and the next: blocks may be long where there are no worklets. */
  reach(now: number): void {
    const next = this.#marks[this.#first]!;
    if (this.#count === 0 || this.over || next.turnId !== this.turnId) return;
    const share = (now - this.movedAt) / (next.at - this.movedAt);
    if (share <= 0) return;
    this.turnMs += ((next.samples * 1000) / next.sampleRate - this.turnMs) * share;
    this.movedAt = now;
  }

  /** Is anything of this turn on its way to the loudspeaker, or was it last heard of? */
  knows(turnId: string): boolean {
    return this.turnId === turnId || this.#find(turnId) < this.#count;
  }

  /** Nothing of this turn and of later ones will be heard any more. `null`: of any turn. */
  cut(turnId: string | null): void {
    if (turnId === null || this.turnId === turnId) {
      this.#count = 0;
      this.over = true;
    } else {
      this.#count = this.#find(turnId);
    }
  }

  #find(turnId: string): number {
    let i = 0;
    while (i < this.#count && this.#marks[(this.#first + i) % ROOM]!.turnId !== turnId) i++;
    return i;
  }

  #take(): void {
    const mark = this.#marks[this.#first]!;
    this.#first = (this.#first + 1) % ROOM;
    this.#count--;
    if (mark.turnId !== this.turnId) {
      this.#earlierMs += this.turnMs;
      this.turnId = mark.turnId;
    }
    this.turnMs = (mark.samples * 1000) / mark.sampleRate;
    this.over = mark.last;
    this.movedAt = mark.at;
  }
}
