import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openContext } from '../../../src/audio/sound-context.ts';
import type { CallError } from '../../../src/call/errors.ts';
import { type LinePorts, Sound } from '../../../src/call/call-sound.ts';
import type { HeardReport, UplinkFrame } from '../../../src/protocol/media.ts';
import { say, takeAway, TURN } from '../audio/sounds.ts';

afterEach(() => vi.restoreAllMocks());

/** Soon, on a machine that does something else as well. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 20 });

/** What comes and goes through the ports that a line was given. */
function lineOn({ uplink, downlink }: LinePorts) {
  const line = { frames: 0, loud: 0, heard: [] as HeardReport[], downlink };
  uplink.onmessage = ({ data: { pcm } }: MessageEvent<UplinkFrame>) => {
    line.frames++;
    line.loud = Math.max(line.loud, ...new Int16Array(pcm));
  };
  downlink.onmessage = ({ data }: MessageEvent<HeardReport>) => line.heard.push(data);
  return line;
}

/** Every context that is made from now on, of a kind of its own where given. */
function watchContexts(kind: typeof AudioContext = AudioContext): AudioContext[] {
  const contexts: AudioContext[] = [];
  vi.stubGlobal(
    'AudioContext',
    class extends kind {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  return contexts;
}

async function openSound({ permission = 'granted' as PermissionState, onrebuilding = () => {}, remember = true } = {}) {
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  vi.spyOn(navigator.permissions, 'query').mockImplementation(
    async () => ({ state: permission }) as Partial<PermissionStatus> as PermissionStatus,
  );
  const context = openContext();
  const lines: ReturnType<typeof lineOn>[] = [];
  const audible: (string | null)[] = [];
  const lost: CallError[] = [];
  const sound = new Sound({
    context,
    assetBase: null,
    remember,
    speakerId: '',
    onaudible: (turnId) => audible.push(turnId),
    onports: (ports) => {
      lines.push(lineOn(ports));
      onrebuilding();
    },
    onlost: (error) => lost.push(error),
  });
  onTestFinished(() => sound.close());
  lines.push(lineOn(sound.ports));
  await Promise.all([sound.microphone, sound.speaker]);
  await soon(() => expect(lines[0]!.frames).toBeGreaterThan(2));
  const track = async (): Promise<MediaStreamTrack> => {
    const stream = (await asked.mock.results.at(-1)!.value) as MediaStream;
    return stream.getAudioTracks()[0]!;
  };
  return { sound, context, lines, audible, lost, asked, track };
}

describe('the sound of a call', () => {
  it('is built anew when the browser closes its context, and nobody is asked again', async () => {
    const { sound, context, lines, audible, asked, track } = await openSound();
    say(lines[0]!.downlink, 5000, { end: false });
    await soon(() => expect(audible).toEqual([TURN]));
    await takeAway(context);
    await soon(() => expect(lines).toHaveLength(2));
    expect(audible).toEqual([TURN, null]);
    say(lines[1]!.downlink, 300);
    await soon(() => expect(lines[1]!.heard.at(-1)).toMatchObject({ turnMs: 300, done: true }));
    await soon(() => expect(lines[1]!.frames).toBeGreaterThan(5));
    expect(asked).toHaveBeenCalledOnce();
    expect((await track()).readyState).toBe('live');
    expect(await sound.getStats()).toMatchObject({ playout: { playedMs: 300 }, capture: { frameMs: 20 } });
  });

  it('asks for another microphone when the one it has ends', async () => {
    const { sound, lines, lost, asked } = await openSound();
    (await sound.microphone).onended!();
    await soon(() => expect(lines).toHaveLength(2));
    await soon(() => expect(lines[1]!.frames).toBeGreaterThan(5));
    expect(asked).toHaveBeenCalledTimes(2);
    expect(lost).toEqual([]);
  });

  it('does not ask for what the visitor has taken back', async () => {
    const { sound, lost, asked } = await openSound({ permission: 'prompt' });
    (await sound.microphone).onended!();
    await soon(() => expect(lost).toHaveLength(1));
    expect(lost[0]!.reason).toBe('microphone-missing');
    expect(asked).toHaveBeenCalledOnce();
  });

  it('is lost with the reason why there is no other microphone', async () => {
    const { sound, lost, asked } = await openSound();
    asked.mockRejectedValue(new DOMException('', 'NotReadableError'));
    (await sound.microphone).onended!();
    await soon(() => expect(lost).toHaveLength(1));
    expect(lost[0]!.reason).toBe('microphone-busy');
  });

  it.each(['its context is closed', 'its microphone ends'])('stays muted when %s', async (what) => {
    const { sound, context, lines } = await openSound();
    sound.muted = true;
    if (what === 'its context is closed') await takeAway(context);
    else (await sound.microphone).onended!();
    await soon(() => expect(lines).toHaveLength(2));
    await soon(() => expect(sound.muted).toBe(true));
    say(lines[1]!.downlink, 400);
    await soon(() => expect(lines[1]!.heard.at(-1)).toMatchObject({ done: true }));
    expect(lines[1]!.frames).toBe(0);
    sound.muted = false;
    await soon(() => expect(lines[1]!.frames).toBeGreaterThan(2));
  });

  it('asks anew after a microphone that the system has muted for two seconds, and not before', async () => {
    const { sound, lines, asked } = await openSound();
    const first = await sound.microphone;
    first.onmuted!(true);
    first.onmuted!(false);
    const before = lines[0]!.frames;
    await soon(() => expect(lines[0]!.frames).toBeGreaterThan(before + 25));
    const mutedAt = performance.now();
    first.onmuted!(true);
    await soon(() => expect(lines).toHaveLength(2));
    expect(performance.now() - mutedAt).toBeGreaterThan(1990);
    await soon(() => expect(asked).toHaveBeenCalledTimes(2));
  });

  it('holds nothing when it is closed while it is being built anew', async () => {
    const { sound, context, lines, lost, track } = await openSound();
    const live = await track();
    const contexts = watchContexts();
    await takeAway(context);
    await soon(() => expect(lines).toHaveLength(2));
    await sound.close();
    expect(contexts.map(({ state }) => state)).toEqual(['closed']);
    expect(live.readyState).toBe('ended');
    expect(lost).toEqual([]);
  });

  it('gives the microphone back when it is closed while no other context will run', async () => {
    const { sound, context, track } = await openSound();
    const live = await track();
    class Asleep extends AudioContext {
      override get state(): AudioContextState {
        return super.state === 'closed' ? 'closed' : 'suspended';
      }
    }
    const contexts = watchContexts(Asleep);
    await takeAway(context);
    await soon(() => expect(contexts).toHaveLength(1));
    expect(live.readyState).toBe('live');
    await sound.close();
    expect(live.readyState).toBe('ended');
  });

  it('gives the microphone back when the last word comes while it is being built anew', async () => {
    const ending = { now: () => {} };
    const { sound, context, track } = await openSound({ onrebuilding: () => ending.now() });
    ending.now = () => sound.closeMicrophone();
    await takeAway(context);
    const live = await track();
    await soon(() => expect(live.readyState).toBe('ended'));
  });

  it('gives back a microphone that is granted when all is over', async () => {
    let grant!: (stream: MediaStream) => void;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(new Promise((resolve) => (grant = resolve)));
    const onlost = vi.fn();
    const sound = new Sound({
      context: openContext(),
      assetBase: null,
      speakerId: '',
      onaudible() {},
      onports() {},
      onlost,
    });
    await sound.close();
    grant(stream);
    await soon(() => expect(stream.getAudioTracks()[0]!.readyState).toBe('ended'));
    expect(onlost).not.toHaveBeenCalled();
  });

  it('gives the microphone back when nobody will speak any more, and plays on', async () => {
    const { sound, lines, track } = await openSound();
    sound.closeMicrophone();
    expect((await track()).readyState).toBe('ended');
    say(lines[0]!.downlink, 300);
    await soon(() => expect(lines[0]!.heard.at(-1)).toMatchObject({ turnMs: 300, done: true }));
  });

  it('waits as long before a turn as the last call has taught', async () => {
    localStorage.setItem('indigenius:start-ms', '180');
    onTestFinished(() => localStorage.clear());
    const { sound, lines } = await openSound();
    expect((await sound.getStats())!.playout.thresholdMs).toBe(180);
    for (let turn = 0; turn < 12; turn++) say(lines[0]!.downlink, 220, { turnId: `turn_${turn}` });
    await soon(() => expect(Number(localStorage.getItem('indigenius:start-ms'))).toBeLessThan(180));
  });

  it('reads and writes nothing where the owner wants nothing kept', async () => {
    localStorage.setItem('indigenius:start-ms', '180');
    onTestFinished(() => localStorage.clear());
    const read = vi.spyOn(Storage.prototype, 'getItem');
    const written = vi.spyOn(Storage.prototype, 'setItem');
    const { sound, lines } = await openSound({ remember: false });
    const before = (await sound.getStats())!.playout.thresholdMs;
    expect(before).not.toBe(180);
    for (let turn = 0; turn < 12; turn++) say(lines[0]!.downlink, 220, { turnId: `turn_${turn}` });
    await soon(() => expect(lines[0]!.heard.at(-1)).toMatchObject({ turnId: 'turn_11', done: true }));
    expect((await sound.getStats())!.playout.thresholdMs).not.toBe(before);
    expect(read).not.toHaveBeenCalled();
    expect(written).not.toHaveBeenCalled();
  });
});
