import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { make } from './floating-page.ts';

vi.mock('../../../src/widget/floating.ts', () => ({
  get Floating(): never {
    throw new Error('not found');
  },
}));

afterEach(() => {
  document.body.replaceChildren();
});

describe('a launcher whose code can’t be fetched', () => {
  it('gives its place to what the page has inside the tag', async () => {
    document.body.innerHTML = '<p>Page</p>';
    const before = document.body.getBoundingClientRect().height;
    const widget = make();
    document.body.append(widget);
    await vi.waitFor(() => expect(widget.querySelector('a')!.assignedSlot).not.toBeNull());
    await expect.element(page.getByRole('link', { name: 'Call us' })).toBeVisible();
    expect(widget.shadowRoot!.querySelector('button')).toBeNull();
    expect(document.body.getBoundingClientRect().height).toBe(before);
    const { right, bottom } = widget.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    expect([clientWidth - right, clientHeight - bottom]).toEqual([24, 24]);
  });
});
