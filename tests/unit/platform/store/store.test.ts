import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderLockedError } from '../../../../src/platform/store/folder-lock.ts';
import { openStore } from '../../../../src/platform/store/store.ts';
import { temporaryFolder } from './folder.ts';
import { emptyStore } from './stores.ts';

describe('a store in a folder', () => {
  it('has everything again when it is opened again', async () => {
    const folder = await temporaryFolder();
    const before = await openStore({ folder });
    const { id: owner } = await before.organisations.named('Acme Inc');
    const { secret: key } = await before.keys.issue(owner, { name: 'test', scopes: ['calls:read'] });
    const assistant = await before.assistants.create(owner, { name: 'Sam', temperature: 0.7 });
    const widget = await before.widgets.create(owner, {
      assistantId: assistant.id,
      card_radius: 12.5,
      call_to_action: 'Talk — “now” 🍽',
      allowed_origins: ['https://a.example', 'https://b.example'],
    });
    const call = await before.calls.create(owner, { assistantId: assistant.id, widgetId: widget.id });
    await before.transcripts.put(owner, call.id, { id: 'u1', role: 'user', text: 'Grüezi', atMs: 5 });
    await before.feedback.put(owner, call.id, { rating: 5, comment: null });
    await before.close();

    const after = await openStore({ folder });
    expect((await after.organisations.named('Acme Inc')).id).toBe(owner);
    expect(await after.keys.check(key)).toMatchObject({ organisationId: owner, scopes: ['calls:read'] });
    expect((await after.assistants.list(owner)).rows).toEqual([assistant]);
    expect((await after.widgets.list(owner)).rows).toEqual([widget]);
    expect((await after.calls.list(owner)).rows).toEqual([call]);
    expect(await after.transcripts.list(owner, call.id)).toMatchObject([
      { id: 'u1', role: 'user', text: 'Grüezi', atMs: 5 },
    ]);
    expect(await after.feedback.find(owner, call.id)).toEqual({ rating: 5, comment: null });
    await after.close();
  });

  it('keeps what was acknowledged when its process is killed', async () => {
    const folder = await temporaryFolder();
    const script = `
      const { openStore } = await import(${JSON.stringify(resolve('src/platform/store/store.ts'))});
      const store = await openStore({ folder: ${JSON.stringify(folder)} });
      const { id } = await store.organisations.named('Acme Inc');
      for (let n = 0; n < 50; n += 1) await store.assistants.create(id, { name: 'Sam ' + n });
      process.stdout.write(id);
      setInterval(() => {}, 60_000);
    `;
    const node = resolve('node_modules/.bin/node');
    const child = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    onTestFinished(() => void child.kill('SIGKILL'));
    const [owner] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await exited;

    const store = await openStore({ folder });
    expect((await store.assistants.list(owner.toString())).rows).toHaveLength(50);
    await store.close();
  });

  it('is locked while it is open, and free when it is closed', async () => {
    const folder = await temporaryFolder();
    const store = await openStore({ folder });
    await expect(openStore({ folder })).rejects.toThrow(FolderLockedError);
    await store.close();
    await store.close();
    expect(await readdir(folder)).toEqual(['postgres']);
  });
});

describe('a row', () => {
  it('can only refer to rows of its own organisation', async () => {
    const store = await emptyStore();
    const { id: owner } = await store.organisations.named('Acme Inc');
    const { id: stranger } = await store.organisations.named('Northwind Catering');
    const { id: assistantId } = await store.assistants.create(owner, { name: 'Sam' });
    const { id: widgetId } = await store.widgets.create(owner, { assistantId });
    const { id: callId } = await store.calls.create(owner, { assistantId, widgetId });
    const refusedBy = (constraint: string) => ({ cause: { constraint } });
    const line = { id: 'u1', role: 'user', text: 'Hello', atMs: 0 } as const;

    await expect(store.widgets.create(stranger, { assistantId })).rejects.toMatchObject(refusedBy('widgets_assistant'));
    await expect(store.calls.create(stranger, { assistantId })).rejects.toMatchObject(refusedBy('calls_assistant'));
    await expect(store.transcripts.put(stranger, callId, line)).rejects.toMatchObject(
      refusedBy('transcript_lines_call'),
    );
    await expect(store.feedback.put(stranger, callId, { rating: 1, comment: null })).rejects.toMatchObject(
      refusedBy('feedback_call'),
    );

    await store.transcripts.put(owner, callId, line);
    // Over the owner's line: refused by the condition of the overwrite, not by the foreign key.
    await store.transcripts.put(stranger, callId, { ...line, text: 'Mine' }).catch(() => {});
    expect(await store.transcripts.list(owner, callId)).toMatchObject([line]);
    await store.close();
  });

  it('never holds a key, only its hash', async () => {
    const folder = await temporaryFolder();
    const store = await openStore({ folder });
    const { id: owner } = await store.organisations.named('Acme Inc');
    const { secret: key } = await store.keys.issue(owner, { name: 'test', scopes: [] });
    await store.close();
    const count = (text: string) => execFileSync('sh', ['-c', `grep -ral -- "$1" "$2" | wc -l`, 'sh', text, folder]);
    expect(Number(count(key))).toBe(0);
    expect(Number(count(createHash('sha256').update(key).digest('hex')))).toBeGreaterThan(0);
  });
});
