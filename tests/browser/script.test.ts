import { afterEach, describe, expect, it, vi } from 'vitest';
import { addWorklet, startWorker, type Script } from '../../src/script.ts';

const WORKLET: Script = {
  file: 'nowhere.worklet.js',
  source: "registerProcessor('nothing', class extends AudioWorkletProcessor { process() { return false; } });",
};
const ECHO: Script = {
  file: 'nowhere.worker.js',
  source: 'onmessage = ({ data }) => postMessage(data); postMessage("hello");',
};

/** A context that lets in only what `admits`, and the addresses it was asked for. */
function stubContext(admits: (url: string) => boolean) {
  const asked: string[] = [];
  const addModule = async (url: string): Promise<void> => {
    asked.push(url.replace(/^blob:.*/, 'blob'));
    if (!admits(url)) throw new DOMException(`no ${url}`, 'AbortError');
  };
  return { asked, context: { audioWorklet: { addModule } } as unknown as AudioContext };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('addWorklet', () => {
  it('brings a worklet in by its text where there is no file of it', async () => {
    const context = new AudioContext();
    await addWorklet(context, WORKLET);
    expect(new AudioWorkletNode(context, 'nothing')).toBeInstanceOf(AudioWorkletNode);
    await context.close();
  });

  it('brings it in but once, however often and concurrently it is asked to', async () => {
    const context = new AudioContext();
    const addModule = vi.spyOn(context.audioWorklet, 'addModule');
    await Promise.all([addWorklet(context, WORKLET), addWorklet(context, WORKLET)]);
    const tried = addModule.mock.calls.length;
    await addWorklet(context, WORKLET);
    expect(addModule).toHaveBeenCalledTimes(tried);
    await context.close();
  });

  const beside = new URL('../../src/nowhere.worklet.js', import.meta.url).href.replace(/\?.*/, '');
  const host = `${location.origin}/voice/nowhere.worklet.js`;

  it.each([
    ['the host has it', '/voice', () => true, [host]],
    ['the host lacks it', '/voice/', (url: string) => url === beside, [host, beside]],
    ['only a blob is let in', '/voice', (url: string) => url.startsWith('blob:'), [host, beside, 'blob']],
    ['the host names no folder', null, () => true, [beside]],
    ['the host names nonsense', 'http://[', () => true, [beside]],
  ])('takes the first that is let in when %s', async (_, assetBase, admits, asked) => {
    const stub = stubContext(admits);
    await addWorklet(stub.context, WORKLET, { assetBase });
    expect(stub.asked).toEqual(asked);
  });

  it('tells what each refused, and tries again when asked again', async () => {
    const { context, asked } = stubContext(() => false);
    const failing = addWorklet(context, WORKLET, { assetBase: '/voice' });
    const error = (await failing.catch((reason: unknown) => reason)) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.message).toContain('asset-base');
    expect(error.errors).toHaveLength(3);
    await addWorklet(context, WORKLET).catch(() => {});
    expect(asked).toHaveLength(5);
  });

  it('climbs no further once aborted', async () => {
    const leaving = new AbortController();
    const { context, asked } = stubContext(() => {
      leaving.abort('left');
      return false;
    });
    await expect(addWorklet(context, WORKLET, { signal: leaving.signal })).rejects.toBe('left');
    expect(asked).toHaveLength(1);
  });
});

describe('startWorker', () => {
  it('starts a worker by its text where there is no file of it, and takes its first message', async () => {
    const worker = await startWorker(ECHO);
    const answer = new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
    worker.postMessage('there?');
    expect(await answer).toBe('there?');
    worker.terminate();
  });

  it('rejects where a worker fails before its first message', async () => {
    const broken = { file: 'nowhere.worker.js', source: 'throw new Error("broken")' };
    const error = (await startWorker(broken).catch((reason: unknown) => reason)) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(String(error.errors.at(-1))).toContain('broken');
  });

  it('never asks another origin for a worker', async () => {
    const asked: string[] = [];
    vi.stubGlobal('Worker', function (url: string) {
      asked.push(new URL(url).protocol);
      throw new TypeError('no');
    });
    await startWorker(ECHO, { assetBase: 'https://cdn.example' }).catch(() => {});
    expect(asked).toEqual([location.protocol, 'blob:']);
  });

  it('gives a worker up that is aborted while it starts', async () => {
    const leaving = new AbortController();
    const starting = startWorker({ file: 'nowhere.worker.js', source: '' }, { signal: leaving.signal });
    leaving.abort('left');
    await expect(starting).rejects.toBe('left');
  });

  /** What `startWorker` comes to on a page under this policy. */
  async function under(policy: string): Promise<unknown> {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module">
      const { startWorker } = await import('${location.origin}/src/script.ts');
      startWorker(${JSON.stringify(ECHO)}).then(
        (worker) => { worker.terminate(); parent.postMessage('started'); },
        (error) => parent.postMessage(error.errors.map(({ name }) => name).join()),
      );
    </script>`;
    const told = new Promise((resolve) => {
      window.addEventListener('message', ({ source, data }) => source === frame.contentWindow && resolve(data));
    });
    document.body.append(frame);
    const answer = await told;
    frame.remove();
    return answer;
  }

  it.each([
    ['worker-src blob:', 'started'],
    ["worker-src 'none'", expect.stringMatching(/Error/)],
    ["require-trusted-types-for 'script'", 'started'],
    ["require-trusted-types-for 'script'; trusted-types indigenius-widget", 'started'],
    ["require-trusted-types-for 'script'; trusted-types lit-html", 'TypeError,TypeError'],
  ])('under %s: %s', async (policy, outcome) => {
    expect(await under(policy)).toEqual(outcome);
  });
});
