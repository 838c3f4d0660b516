/** What an owner adds to the card: what might be asked, buttons, a word of welcome, and what should be known. */

import { DEFAULT_CONFIG, type OwnerTexts, type WidgetConfig } from '../../src/config/widget-config.ts';
import { live, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Prompts' } satisfies StoryMeta;

export const inOrder = ['Three', 'Many', 'Live', 'Actions', 'Intro', 'Recording', 'Provider', 'Everything'];

const THREE = ['Can you cater for 50?', 'What’s on the menu on Sundays?', 'Do you have vegan dishes?'];

function config(texts: Partial<OwnerTexts>, more: Partial<WidgetConfig> = {}): WidgetConfig {
  return { ...DEFAULT_CONFIG, ...more, texts: { ...DEFAULT_CONFIG.texts, ...texts } };
}

const INTRO = { introTitle: 'Welcome to Northwind', intro: 'Ask about the menu, dates and prices. We answer at once.' };
const ACTIONS = [
  { label: 'See the menu', url: 'https://northwind.example/menu' },
  { label: 'Book a table', message: 'I would like to book a table.' },
];

export const Three: Story = {
  args: { config: config({ prompts: THREE }) },
  parameters: { note: 'One line that scrolls sideways; a press asks it.' },
};
export const Many: Story = {
  args: { config: config({ prompts: [...THREE, ...THREE.map((prompt) => `${prompt} And for children?`)] }) },
};
export const Live: Story = {
  args: { config: config({ prompts: THREE }), facts: live(), lines: SHORT_TALK },
  parameters: { note: 'In a call, too; what was asked is gone.' },
};
export const Actions: Story = {
  args: { config: config({ actions: ACTIONS }) },
  parameters: { note: 'The owner’s buttons: a link, and something that is said.' },
};
export const Intro: Story = {
  args: { config: config(INTRO) },
  parameters: { note: 'The owner’s words above and below what moves.' },
};
export const Recording: Story = {
  args: { config: config({}, { recording: true }) },
  parameters: { note: 'The assistant records: the card says so before a call.' },
};
export const Provider: Story = {
  args: { config: config({}, { provider: 'Harbour Voice' }) },
  parameters: { note: 'Who provides the assistant.' },
};
export const Everything: Story = {
  args: {
    config: config({ ...INTRO, prompts: THREE, actions: ACTIONS }, { recording: true, provider: 'Harbour Voice' }),
  },
  parameters: { note: 'All of it at once, and still the same height.' },
};
