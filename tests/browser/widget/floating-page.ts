/** A page with a widget that floats. */

import { type Locator, page, server, userEvent } from 'vitest/browser';
import type { CallFact } from '../../../src/call/machine.ts';
import { DEFAULT_CONFIG, type OwnerTexts, type WidgetConfig } from '../../../src/config/widget-config.ts';
import './scripted-call.ts';
import type { ScriptedWidget } from './scripted-call.ts';
import { settled as allSettled } from './settled.ts';

export type Given = Omit<Partial<WidgetConfig>, 'texts'> & { readonly texts?: Partial<OwnerTexts> };

/** A config with what a test cares for. */
export function configOf({ texts, ...config }: Given = {}): WidgetConfig {
  return { ...DEFAULT_CONFIG, ...config, texts: { ...DEFAULT_CONFIG.texts, ...texts } };
}

/** Not on the page yet. */
export function make(given: Given = {}, attributes: Readonly<Record<string, string>> = {}): ScriptedWidget {
  const widget = document.createElement('scripted-widget') as ScriptedWidget;
  widget.answer = configOf(given);
  widget.widgetId = 'widget-1';
  for (const [name, value] of Object.entries({ 'display-mode': 'fab', ...attributes })) {
    widget.setAttribute(name, value);
  }
  widget.innerHTML = '<a href="tel:+15550100">Call us</a>';
  return widget;
}

export async function show(
  given: Given = {},
  attributes: Readonly<Record<string, string>> = {},
  parent: Element = document.body,
): Promise<ScriptedWidget> {
  const widget = make(given, attributes);
  parent.append(widget);
  await settled(widget);
  widget.dispatchEvent(new Event('pointerenter')); // the first sign of interest creates the call
  await settled(widget);
  return widget;
}

/** As in the flow; and what opens has opened. */
export async function settled(widget: ScriptedWidget): Promise<void> {
  await allSettled(widget);
  for (const animation of widget.shadowRoot!.getAnimations()) {
    if (animation.effect?.getComputedTiming().iterations === 1) animation.finish();
  }
}

export async function tell(widget: ScriptedWidget, ...facts: CallFact[]): Promise<void> {
  widget.script.tell(...facts);
  await settled(widget);
}

/** A press that is no half of a double one: to WebKit two at one place are, unless there is one elsewhere between. */
export async function press(locator: Locator): Promise<void> {
  await pressElsewhere();
  await userEvent.click(locator);
}

export async function pressTwice(locator: Locator): Promise<void> {
  await pressElsewhere();
  await userEvent.dblClick(locator);
}

async function pressElsewhere(): Promise<void> {
  if (server.browser === 'webkit') {
    const elsewhere = document.createElement('i');
    elsewhere.style.cssText = 'position:fixed;inset:0 auto auto 0;inline-size:9px;block-size:9px';
    document.body.append(elsewhere);
    await userEvent.click(page.elementLocator(elsewhere));
    elsewhere.remove();
  }
}

export const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const launcher = () => page.getByRole('button', { name: /Talk to us: / });
export const dialog = () => page.getByRole('dialog', { name: 'Talk to us' });

export const part = (widget: ScriptedWidget, name: string): HTMLElement | null =>
  widget.shadowRoot!.querySelector<HTMLElement>(`[part~=${name}]`);

/** Of what has the focus: the part, or what it is called. */
export function focused(widget: ScriptedWidget): string {
  const element = widget.shadowRoot!.activeElement ?? document.activeElement!;
  return element.getAttribute('part') ?? (element.id || element.localName);
}

/** What a press at the middle of an element would hit: what is inside counts as the element. */
export function hits(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  const host = (element.getRootNode() as ShadowRoot).host;
  const at = [x + width / 2, y + height / 2] as const;
  return document.elementFromPoint(...at) === host && element.contains(host.shadowRoot!.elementFromPoint(...at));
}
