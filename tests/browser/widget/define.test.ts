import { describe, expect, it } from 'vitest';
import { IndigeniusWidget } from '../../../src/index.ts';

describe('define', () => {
  it('registers <indigenius-widget>, and is harmless twice', async () => {
    expect(customElements.get('indigenius-widget')).toBeUndefined();
    const url = new URL('../../../src/define.ts', import.meta.url).href;
    await import(/* @vite-ignore */ url);
    await import(/* @vite-ignore */ `${url}?again`);
    expect(customElements.get('indigenius-widget')).toBe(IndigeniusWidget);
    expect(document.createElement('indigenius-widget')).toBeInstanceOf(IndigeniusWidget);
  });
});
