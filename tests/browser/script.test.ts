import { afterEach, describe, expect, it, vi } from 'vitest';
import { addWorklet, startWorker, type Script } from '../../src/script.ts';

const WORKLET: Script = {
  file: 'nowhere.worklet.js',
  source: async () =>
    "registerProcessor('nothing', class extends AudioWorkletProcessor { process() { return false; } });",
};
const ECHO_SOURCE = 'onmessage = ({ data }) => postMessage(data); postMessage("hello");';
const ECHO: Script = { file: 'nowhere.worker.js', source: async () => ECHO_SOURCE };

/** A context that lets in only what `admits`, and the addresses it was asked for. */
function stubContext(admits: (url: string) => boolean) {
  const asked: string[] = [];
  const addModule = async (url: string): Promise<void> => {
    asked.push(url.replace(/^blob:.*/, 'blob'));
    if (!admits(url)) throw new DOMException(`no ${url}`, 'AbortError');
  };
  return { asked, context: { audioWorklet: { addModule } } as unknown as AudioContext };
}

const beside = (file: string) => `${location.origin}/src/${file}`;
const hosted = (file: string) => `${location.origin}/voice/${file}`;
/** A folder of this site with other files of the names that it is asked for. */
const HOST = '/tests/fixtures/host';

/** Which rungs of the ladder are tried, where `admits` says which hold. */
const LADDER: [when: string, assetBase: string | null, admits: Admits, asked: (file: string) => string[]][] = [
  ['the host has it', '/voice', () => true, (file) => [hosted(file)]],
  ['the host lacks it', '/voice/', (url, file) => url === beside(file), (file) => [hosted(file), beside(file)]],
  ['only a blob is let in', '/voice', (url) => url.startsWith('blob:'), (file) => [hosted(file), beside(file), 'blob']],
  ['the host names no folder', null, () => true, (file) => [beside(file)]],
  ['the host names nonsense', 'http://[', () => true, (file) => [beside(file)]],
];
type Admits = (url: string, file: string) => boolean;

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

  it.each(LADDER)('takes the first that is let in when %s', async (_, assetBase, admits, asked) => {
    const stub = stubContext((url) => admits(url, WORKLET.file));
    await addWorklet(stub.context, WORKLET, { assetBase });
    expect(stub.asked).toEqual(asked(WORKLET.file));
  });

  it("brings in the host's own file rather than its text", async () => {
    const context = new AudioContext();
    await addWorklet(context, { ...WORKLET, file: 'hosted.worklet.js' }, { assetBase: HOST });
    expect(new AudioWorkletNode(context, 'from-the-host')).toBeInstanceOf(AudioWorkletNode);
    expect(() => new AudioWorkletNode(context, 'nothing')).toThrow(DOMException);
    await context.close();
  });

  it('fetches the text only where no file is let in', async () => {
    const source = vi.fn(WORKLET.source);
    await addWorklet(stubContext((url) => url === beside(WORKLET.file)).context, { ...WORKLET, source });
    expect(source).not.toHaveBeenCalled();
    await addWorklet(stubContext((url) => url.startsWith('blob:')).context, { ...WORKLET, source });
    expect(source).toHaveBeenCalledOnce();
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

  it('tells that not even the text could be fetched', async () => {
    const offline = new TypeError('Failed to fetch dynamically imported module');
    const failing = addWorklet(stubContext(() => false).context, { ...WORKLET, source: () => Promise.reject(offline) });
    const { errors } = (await failing.catch((reason: unknown) => reason)) as AggregateError;
    expect(errors.at(-1)).toBe(offline);
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

  it("starts the host's own file rather than its text", async () => {
    const greeting = vi.fn();
    vi.stubGlobal(
      'Worker',
      class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener('message', ({ data }) => greeting(data));
        }
      },
    );
    const worker = await startWorker({ ...ECHO, file: 'hosted.worker.js' }, { assetBase: HOST });
    expect(greeting.mock.calls).toEqual([['from the host']]);
    worker.terminate();
  });

  it.each(LADDER)('takes the first that is let in when %s', async (_, assetBase, admits, expected) => {
    const asked: string[] = [];
    const running = URL.createObjectURL(new Blob([ECHO_SOURCE], { type: 'text/javascript' }));
    vi.stubGlobal(
      'Worker',
      class extends Worker {
        constructor(trusted: unknown, options?: WorkerOptions) {
          const url = String(trusted);
          asked.push(url.replace(/^blob:.*/, 'blob'));
          if (!admits(url, ECHO.file)) throw new TypeError(`no ${url}`);
          super(running, options);
        }
      },
    );
    const worker = await startWorker(ECHO, { assetBase });
    expect(asked).toEqual(expected(ECHO.file));
    worker.terminate();
    URL.revokeObjectURL(running);
  });

  it('rejects where a worker fails before its first message', async () => {
    const broken = { file: 'nowhere.worker.js', source: async () => 'throw new Error("broken")' };
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
    const starting = startWorker({ file: 'nowhere.worker.js', source: async () => '' }, { signal: leaving.signal });
    leaving.abort('left');
    await expect(starting).rejects.toBe('left');
  });

  /** What `startWorker` comes to on a page under this policy. */
  async function under(policy: string): Promise<unknown> {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module">
      const { startWorker } = await import('${location.origin}/src/script.ts');
      const echo = { file: ${JSON.stringify(ECHO.file)}, source: async () => ${JSON.stringify(ECHO_SOURCE)} };
      startWorker(echo).then(
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
