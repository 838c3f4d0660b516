/**
 * Four builds and a development server out of one file:
 *
 *   vite build --mode npm        dist/: the npm entries, one file a module, dependencies left to the importer
 *   vite build --mode script     dist/indigenius-widget.js: what a script tag loads, with lazy chunks beside it
 *   vite build --mode site       dist/site/: the sample customer site, which carries that script tag
 *   vite build --mode dashboard  dist/dashboard/: the platform's own page, which the platform serves
 */

import { cpSync, globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = import.meta.dirname;
const BROWSERS = ['chrome111', 'firefox114', 'safari16.4'];

/** A worklet or worker as one self-contained text, and the files it is made of. */
async function bundled(entry: string, minify: boolean): Promise<{ code: string; modules: readonly string[] }> {
  const bundle = await rolldown({ input: entry });
  const { output } = await bundle.generate({ format: 'iife', minify });
  await bundle.close();
  return { code: output[0].code, modules: output[0].moduleIds };
}

/**
 * Turns `./x.worklet.ts?script` into `{file, source}`: a self-contained script, emitted under a stable name, and a way
 * to its text. Worklets and workers can't be bundled as modules of the page: they live in scopes of their own. The text
 * is a module of its own, so that nobody fetches it who gets the file.
 */
export function scriptImports(): Plugin {
  const SUFFIX = '?script';
  /** In place of the entry's `.ts`, so that the chunk is named for what it is. */
  const TEXT = '.text.ts?script';
  return {
    name: 'script-imports',
    enforce: 'pre',
    async resolveId(source, importer) {
      const [theirs, ours] = source.endsWith(TEXT) ? [TEXT, '.ts'] : [SUFFIX, ''];
      if (!source.endsWith(theirs)) return null;
      const entry = `${source.slice(0, -theirs.length)}${ours}`;
      const resolved = await this.resolve(entry, importer, { skipSelf: true });
      return resolved && `${ours ? resolved.id.slice(0, -ours.length) : resolved.id}${theirs}`;
    },
    async load(id) {
      const built = this.environment.mode === 'build';
      if (id.endsWith(TEXT)) {
        const { code, modules } = await bundled(`${id.slice(0, -TEXT.length)}.ts`, built);
        for (const path of modules) this.addWatchFile(path);
        return `export default ${JSON.stringify(code)};`;
      }
      if (!id.endsWith(SUFFIX)) return null;
      const entry = id.slice(0, -SUFFIX.length);
      const name = basename(entry, '.ts');
      const file = `indigenius-${name}.js`;
      if (built) this.emitFile({ type: 'asset', fileName: file, source: (await bundled(entry, true)).code });
      const text = JSON.stringify(`./${name}${TEXT}`);
      return `export default { file: ${JSON.stringify(file)}, source: async () => (await import(${text})).default };`;
    },
  };
}

/** What is inside templates is text to a minifier: their indentation, and all that CSS could do without. */
function smallTemplates(): Plugin {
  const smallCss = (css: string): string =>
    css
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([{}]) ?|([:;,]) /g, '$1$2')
      .replaceAll(';}', '}');
  return {
    name: 'small-templates',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/widget\/[^?]*\.ts$/ },
      handler: (code) => ({
        code: code.replaceAll(/(?<=css`)[^`]*(?=`)/g, smallCss).replaceAll(/\n\s+/g, '\n'),
        map: null,
      }),
    },
  };
}

/**
 * The bundler's own helper, a hundred bytes, comes as a file for which the lazy files that need it would have to wait: one
 * more way to the server and back. It is written into each of them instead.
 */
function helperInside(): Plugin {
  return {
    name: 'helper-inside',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const helper = chunks.find(({ name }) => name === 'rolldown-runtime');
      if (!helper) return;
      const [, code, name] = /^(.*;)export\s*\{\s*(\w+)\s*\};?\s*$/s.exec(helper.code) ?? [];
      if (!code) return this.error(`The bundler's helper has another shape: ${helper.code}`);
      const imported = new RegExp(`import\\s*\\{\\s*\\w+ as (\\w+)\\s*\\}\\s*from\\s*["']\\./${helper.fileName}["'];`);
      for (const chunk of chunks) chunk.code = chunk.code.replace(imported, `var $1=(()=>{${code}return ${name}})();`);
      if (chunks.some((chunk) => chunk.code.includes(helper.fileName))) this.error('A file still asks for the helper.');
      delete bundle[helper.fileName];
    },
  };
}

/** In development the sample site's script tag gets the sources; built, the server has the real file. */
function sourcesForScriptTag(): Plugin {
  return {
    name: 'sources-for-script-tag',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === '/indigenius-widget.js') request.url = '/src/define.ts';
        next();
      });
    },
  };
}

/** SQL is no module: the store reads it from beside itself. */
function migrations(): Plugin {
  const folder = 'platform/store/migrations';
  return {
    name: 'migrations',
    writeBundle: ({ dir }) => cpSync(resolve(root, 'src', folder), resolve(dir!, folder), { recursive: true }),
  };
}

const npm: UserConfig = {
  publicDir: false,
  plugins: [migrations()],
  build: {
    target: BROWSERS,
    minify: false,
    emptyOutDir: true,
    lib: {
      formats: ['es'],
      entry: Object.fromEntries(
        [
          'index',
          'define',
          'client',
          'proxy/proxy',
          'proxy/node',
          'platform/platform',
          ...globSync('src/platform/**/*.worker.ts', { cwd: root }).map((path) => path.slice(4, -3)),
        ].map((name) => [name, resolve(root, `src/${name}.ts`)]),
      ),
    },
    rolldownOptions: {
      external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.includes('?script'),
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
};

const script: UserConfig = {
  publicDir: false,
  plugins: [smallTemplates(), helperInside()],
  build: {
    target: BROWSERS,
    emptyOutDir: false,
    // As a library: an application's build would fetch lazy chunks from the root of the customer's site.
    lib: { formats: ['es'], entry: { 'indigenius-widget': resolve(root, 'src/define.ts') } },
    rolldownOptions: {
      // Nobody imports from it: what the entry shares with its lazy chunks may stay in it.
      preserveEntrySignatures: false,
      output: {
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: 'indigenius-[name]-[hash].js',
        // What reads a config and what makes a look of it are asked for at the same moment: one file.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'look',
              test: /\/src\/(?:config\/|widget\/(?:look|card.styles|sheets|appear|attribute|json|theme))/,
            },
          ],
        },
      },
    },
  },
};

const site: UserConfig = {
  build: {
    target: BROWSERS,
    outDir: 'dist/site',
    emptyOutDir: true,
    rolldownOptions: {
      // The stories read configs at once, which the widget does not.
      checks: { ineffectiveDynamicImport: false },
      input: ['index.html', ...globSync('demo/*.html', { cwd: root })].map((page) => resolve(root, page)),
    },
  },
};

/**
 * The page and its entries under names that stay, everything they load under names of their content, all in one folder:
 * worklets and workers are looked for beside the code that wants them.
 */
const dashboard: UserConfig = {
  root: resolve(root, 'src/dashboard'),
  base: '/dashboard/',
  publicDir: resolve(root, 'public'),
  build: {
    target: BROWSERS,
    outDir: resolve(root, 'dist/dashboard'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The page loads main.ts; what a page of somebody else's loads is an entry of its own.
      input: [
        resolve(root, 'src/dashboard/index.html'),
        ...globSync('src/dashboard/phone.ts', { cwd: root }).map((path) => resolve(root, path)),
      ],
      output: {
        entryFileNames: ({ name }) => (name === 'index' ? 'main.js' : '[name].js'),
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
};

const builds: Record<string, UserConfig> = { npm, script, site, dashboard };

/** In development: `npm run platform` beside it answers what the dashboard asks. */
const PLATFORM = 'http://localhost:8787';

export default defineConfig(({ mode }) => ({
  server: { proxy: { '/v1': PLATFORM } },
  ...builds[mode],
  plugins: [scriptImports(), sourcesForScriptTag(), ...(builds[mode]?.plugins ?? [])],
}));
