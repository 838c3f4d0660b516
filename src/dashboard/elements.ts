/** The elements of the dashboard, and the widget that it previews. */

import { IndigeniusWidget } from '../widget/widget.ts';
import { DashboardApp } from './app.ts';
import { AssistantPage } from './assistant.ts';
import { AssistantsPage } from './assistants.ts';
import { CallPage } from './call.ts';
import { CallsPage } from './calls.ts';
import { KeyPage } from './key.ts';
import { KeysPage } from './keys.ts';
import { NewKeyPage } from './new-key.ts';
import { WidgetPreview } from './preview.ts';
import { SignInPage } from './sign-in.ts';
import { WidgetPage } from './widget.ts';
import { WidgetsPage } from './widgets.ts';

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  'indigenius-widget': IndigeniusWidget,
  'dashboard-app': DashboardApp,
  'sign-in-page': SignInPage,
  'assistants-page': AssistantsPage,
  'assistant-page': AssistantPage,
  'widgets-page': WidgetsPage,
  'widget-page': WidgetPage,
  'widget-preview': WidgetPreview,
  'calls-page': CallsPage,
  'call-page': CallPage,
  'keys-page': KeysPage,
  'key-page': KeyPage,
  'new-key-page': NewKeyPage,
};

/** Harmless twice. */
export function registerElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
