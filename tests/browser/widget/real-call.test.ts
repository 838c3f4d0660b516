/** The widget with the real call, in a page that nobody has touched yet. */

import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { LoadedConfig } from '../../../src/call/config-source.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../../../src/config/widget-config.ts';
import { IndigeniusWidget } from '../../../src/widget/widget.ts';

class OwnedWidget extends IndigeniusWidget {
  answer: WidgetConfig = { ...DEFAULT_CONFIG };
  protected override async loadConfig(): Promise<LoadedConfig> {
    return { config: this.answer, gatewayOrigin: null };
  }
}
customElements.define('owned-widget', OwnedWidget);

function show(answer: WidgetConfig): OwnedWidget {
  const widget = document.createElement('owned-widget') as OwnedWidget;
  widget.answer = answer;
  widget.setAttribute('widget-id', 'widget-1');
  document.body.append(widget);
  return widget;
}

afterEach(() => document.body.replaceChildren());

describe('<indigenius-widget> without a gesture', () => {
  it('asks for a click when the page starts a call by itself', async () => {
    expect(navigator.userActivation.isActive).toBe(false);
    const widget = show({ ...DEFAULT_CONFIG });
    const started = widget.startCall();
    await expect.element(page.getByRole('button', { name: 'Press to start the call' })).toBeVisible();
    await widget.endCall();
    await expect(started).rejects.toMatchObject({ name: 'AbortError' });
    await expect.element(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  });

  it('asks for the terms when the page starts a call by itself', async () => {
    const widget = show({ ...DEFAULT_CONFIG, terms: 'We record the call.' });
    const started = widget.startCall().catch((error: unknown) => error);
    await expect.element(page.getByRole('button', { name: 'Agree and start' })).toBeVisible();
    await expect.element(page.getByText('We record the call.')).toBeVisible();
    widget.remove();
    expect(await started).toMatchObject({ name: 'AbortError' });
  });
});
