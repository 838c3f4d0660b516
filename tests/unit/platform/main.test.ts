import { describe, expect, it } from 'vitest';
import { startCommand } from './command.ts';
import { temporaryFolder } from './store/folder.ts';

describe('npm run platform', () => {
  it('reads the address of a caller behind as many proxies as it is told of', async () => {
    const command = await startCommand({ DATA_DIR: await temporaryFolder(), TRUSTED_PROXIES: '1' });
    const made = await fetch(`${command.line('platform')}v1/auth/keys`, {
      method: 'POST',
      headers: { 'X-API-Key': command.line('api key'), 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Proxy', scopes: ['widgets:read'], allowed_ips: ['203.0.113.7'] }),
    });
    const { data } = (await made.json()) as { data: { key: string } };
    const statusFrom = async (address: string): Promise<number> => {
      const headers = { 'X-API-Key': data.key, 'X-Forwarded-For': `203.0.113.7, ${address}` };
      return (await fetch(`${command.line('platform')}v1/widgets`, { headers })).status;
    };
    expect(await statusFrom('203.0.113.7')).toBe(200);
    expect(await statusFrom('198.51.100.1')).toBe(403);
  });

  it('refuses what is no number of proxies', async () => {
    const folder = await temporaryFolder();
    await expect(startCommand({ DATA_DIR: folder, TRUSTED_PROXIES: 'one' })).rejects.toThrow(
      'TRUSTED_PROXIES is no number of proxies: one',
    );
  });
});
