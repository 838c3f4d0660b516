/** Runs a page's example as its reader would, and tells which status and body came back. */

import { execFile } from 'node:child_process';
import type { Language } from './page.ts';

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Tells on standard error what `fetch` got: the example prints it as an object, which is no JSON. */
const TELLING_FETCH = `
const fetched = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await fetched(...request);
  process.stderr.write(JSON.stringify({ status: response.status, body: await response.clone().json() }));
  return response;
};
`;

const PYTHON_TELLS = '\nimport json\nprint(json.dumps(response.json()))\n';

/** @throws where the program fails */
export async function run(language: Language, code: string, env: NodeJS.ProcessEnv, python: string): Promise<Answered> {
  if (language === 'curl') {
    const { stdout } = await execute('bash', ['-c', `${code} --silent --show-error -w '\\n%{http_code}'`], env);
    const at = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(at + 1)), body: JSON.parse(stdout.slice(0, at)) as Answered['body'] };
  }
  if (language === 'node') {
    const preload = `data:text/javascript,${encodeURIComponent(TELLING_FETCH)}`;
    const { stdout, stderr } = await execute(
      process.execPath,
      ['--import', preload, '--input-type=module', '-e', code],
      env,
    );
    if (stdout.trim() === '') throw new Error('The example has printed nothing');
    return JSON.parse(stderr) as Answered;
  }
  const { stdout } = await execute(python, ['-c', `${code}${PYTHON_TELLS}`], env);
  const lines = stdout.trim().split('\n');
  return { status: Number(lines[0]), body: JSON.parse(lines.at(-1)!) as Answered['body'] };
}

function execute(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} fails: ${stderr || error.message}`));
      else resolve({ stdout, stderr });
    });
  });
}
