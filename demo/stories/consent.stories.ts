/** Terms to be read before a call. */

import { DEFAULT_CONFIG } from '../../src/config/widget-config.ts';
import type { Story, StoryArgs, StoryMeta } from './story.ts';

export default { title: 'Consent' } satisfies StoryMeta;
export const inOrder = ['Short', 'Long', 'NoWords', 'Unbroken'];

function terms(text: string): Partial<StoryArgs> {
  return { config: { ...DEFAULT_CONFIG, terms: text }, facts: () => [{ type: 'terms_shown', terms: text }] };
}

export const Short: Story = {
  args: terms('We record the call and keep the recording for 30 days.'),
  parameters: { note: 'One sentence of terms, and two ways on.' },
};

export const Long: Story = {
  args: terms(
    `Northwind Catering uses an automatic assistant to answer calls on this page.

1. The call is recorded, and written down by a computer, so that we can check what was ordered.
2. Recordings are kept for 30 days, transcripts for one year. Nobody but Northwind Catering and its technical suppliers has access to them.
3. The assistant can be wrong. Prices and dates count once we have confirmed them in writing.
4. Please don’t tell the assistant card numbers, passwords or anything about your health.

You can ask us to delete a recording at any time: write to privacy@northwind.example, or call 555-0100. We answer within two working days.`,
  ),
  parameters: { note: 'Longer than the card: it scrolls, the buttons stay.' },
};

export const NoWords: Story = {
  name: 'Without the owner’s words',
  args: terms(''),
  parameters: { note: 'The owner asks for terms and wrote none: the widget has some.' },
};

export const Unbroken: Story = {
  args: terms(`See https://northwind.example/${'terms-of-recording-'.repeat(8)}v4.html`),
  parameters: { note: 'A long address wraps.' },
};
