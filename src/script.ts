/**
 * Finds the way by which a worklet or a worker may be loaded here: the host's own copy, the file beside the bundle, or
 * a blob of its text. A page's Content-Security-Policy may forbid any of them, and which is known only by trying.
 */

/** What a `?script` import gives. */
export interface Script {
  readonly file: string;
  /** Its text, a chunk of its own: most pages get the file. */
  readonly source: () => Promise<string>;
}

export interface ScriptPlace {
  /** A folder of the host's with copies of the scripts, as a URL, absolute or relative to the page. */
  readonly assetBase?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How long a worker may take to say its first word. */
const WORKER_START_MS = 3000;

const added = new WeakMap<BaseAudioContext, Map<string, Promise<void>>>();

/**
 * Registers a worklet's processors in this context, once. Rejects with an `AggregateError` of what each rung answered,
 * or with the signal's reason.
 */
export function addWorklet(context: BaseAudioContext, script: Script, place: ScriptPlace = {}): Promise<void> {
  const scripts = added.get(context) ?? new Map<string, Promise<void>>();
  added.set(context, scripts);
  // A processor's name can be registered but once: a second run of the same text from another blob would throw.
  const adding =
    scripts.get(script.file) ?? climb(script, place, isAnywhere, (url) => context.audioWorklet.addModule(url));
  scripts.set(script.file, adding);
  adding.catch(() => scripts.delete(script.file));
  return adding;
}

/**
 * Starts a worker. It must post a message, any at all, as soon as its code runs: a policy's refusal, a missing file and
 * a slow start look the same until then. That first message is taken here. Rejects as `addWorklet` does.
 */
export function startWorker(script: Script, place: ScriptPlace = {}): Promise<Worker> {
  return climb(script, place, isOwnOrigin, (url) => greeted(url, script.file, place.signal));
}

/** The first rung that holds, of those that `may` be tried. */
async function climb<T>(
  { file, source }: Script,
  { assetBase, signal }: ScriptPlace,
  may: (url: URL) => boolean,
  attempt: (url: string) => Promise<T>,
): Promise<T> {
  const rungs = [
    () => assetBase && new URL(file, new URL(assetBase.replace(/\/?$/, '/'), document.baseURI)),
    // Not a literal, so that a bundler leaves it to run in the page.
    () => new URL(file, import.meta.url),
    async () => new URL(URL.createObjectURL(new Blob([await source()], { type: 'text/javascript' }))),
  ];
  const errors: unknown[] = [];
  for (const rung of rungs) {
    signal?.throwIfAborted();
    let url: URL | '' | null | undefined;
    try {
      url = await rung();
      signal?.throwIfAborted();
      if (url && may(url)) return await attempt(url.href);
    } catch (error) {
      errors.push(error);
    } finally {
      if (url && url.protocol === 'blob:') URL.revokeObjectURL(url.href);
    }
  }
  signal?.throwIfAborted();
  throw new AggregateError(
    errors,
    `${file} may not be loaded here: copy it to a folder of this site and name that as asset-base, or allow blob: in the Content-Security-Policy.`,
  );
}

const isAnywhere = (): boolean => true;
/** Another origin's script never makes a worker. (`location.origin` would be wrong in a frame of `srcdoc`.) */
const isOwnOrigin = (url: URL): boolean => url.origin === origin;

/** A running worker, its greeting heard; what does not come to that is terminated. */
function greeted(url: string, name: string, signal?: AbortSignal): Promise<Worker> {
  const worker = new Worker(trusted(url), { type: 'module', name });
  return new Promise<Worker>((resolve, reject) => {
    const settled = new AbortController();
    const once = { once: true, signal: settled.signal };
    const fail = (error: unknown): void => {
      settled.abort();
      worker.terminate();
      reject(error as Error);
    };
    const timer = setTimeout(
      () => fail(new Error(`${name} did not start within ${WORKER_START_MS} ms`)),
      WORKER_START_MS,
    );
    settled.signal.addEventListener('abort', () => clearTimeout(timer));
    worker.addEventListener(
      'error',
      (event) => {
        event.preventDefault(); // Another rung may hold: no news for the page's `onerror`.
        fail(new Error(event.message || `${name} was refused`));
      },
      once,
    );
    signal?.addEventListener('abort', () => fail(signal.reason), once);
    worker.addEventListener(
      'message',
      () => {
        settled.abort();
        resolve(worker);
      },
      once,
    );
  });
}

/** https://www.w3.org/TR/trusted-types/ : not in TypeScript's DOM lib. */
interface TrustedTypesWindow {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
  };
}

let policy: { createScriptURL(url: string): string } | null | undefined;

/** Where a page demands Trusted Types and allows the policy `indigenius-widget`, the address is blessed by it. */
function trusted(url: string): string {
  if (policy === undefined) {
    try {
      const { trustedTypes } = globalThis as TrustedTypesWindow;
      policy = trustedTypes?.createPolicy('indigenius-widget', { createScriptURL: (address) => address }) ?? null;
    } catch {
      policy = null; // Not among the page's allowed policies: `new Worker` will tell.
    }
  }
  return policy ? policy.createScriptURL(url) : url;
}
