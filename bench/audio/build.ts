/** Makes the bench's pages: ours from the sources, the peers' from the packages below `bench/`, installed on demand. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { scriptImports } from '../../vite.config.ts';
import { PLAYERS } from './players.ts';

const bench = join(import.meta.dirname, '..');

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Peers are nobody's dependencies but the bench's: they come by its own lock file, and run no script of theirs here. */
export function installPeers(): void {
  const wanted = Object.entries(manifest(bench).dependencies ?? {});
  const fresh = wanted.every(([name, version]) => {
    const folder = join(bench, 'node_modules', name);
    return existsSync(folder) && manifest(folder).version === version;
  });
  if (fresh) return;
  console.error('Installing the peers into bench/node_modules.');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['ci', '--prefix', bench, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Gives the folder with the pages' scripts, which is the caller's to remove. */
export async function buildPages(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-audio-'));
  const page = join(import.meta.dirname, 'page');
  await build({
    configFile: false,
    root: page,
    logLevel: 'error',
    plugins: [scriptImports()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: {
          rig: join(page, 'rig.ts'),
          ...Object.fromEntries(PLAYERS.map(({ name }) => [name, join(page, 'players', `${name}.ts`)])),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return outDir;
}
