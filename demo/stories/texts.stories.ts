/** Words that try the layout: long, empty, foreign, from right to left. */

import { readConfig } from '../../src/config/read-config.ts';
import { connected, live, said } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Texts' } satisfies StoryMeta;
export const inOrder = [
  'LongReady',
  'LongLive',
  'LongName',
  'LongLines',
  'Blank',
  'Arabic',
  'MixedDirections',
  'Scripts',
];

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(4);
const LONG_CONFIG = readConfig({ call_to_action: LONG, start_call_button: LONG, end_call_button: LONG });

export const LongReady: Story = {
  args: { config: LONG_CONFIG },
  parameters: { note: 'The longest words that an owner may write.' },
};
export const LongLive: Story = { args: { config: LONG_CONFIG, facts: live() } };
export const LongName: Story = {
  args: {
    facts: (nowMs) => [
      { type: 'started', stage: 'preparing' },
      ...connected(nowMs - 4_000_000, { assistantName: 'Ms Wilhelmina Featherstonehaugh-Cholmondeley of Northwind' }),
    ],
  },
  parameters: { note: 'The assistant’s name is cut, with a title; the clock has passed an hour.' },
};
export const LongLines: Story = {
  args: {
    facts: live({ type: 'turn', turn: 'speaking' }),
    lines: said([`${'a'.repeat(90)} and https://northwind.example/${'menu/'.repeat(12)}`, LONG]),
    levels: { visitor: 0, assistant: 0.8 },
  },
  parameters: { note: 'Words without a place to break.' },
};
export const Blank: Story = {
  args: { config: readConfig({ call_to_action: '  ', start_call_button: '', end_call_button: null }) },
  parameters: { note: 'Empty fields: the widget’s own words.' },
};
export const Arabic: Story = {
  args: {
    attributes: { dir: 'rtl', lang: 'ar' },
    config: readConfig({
      call_to_action: 'تحدث إلى المطبخ',
      start_call_button: 'ابدأ المكالمة',
      end_call_button: 'إنهاء',
    }),
    facts: live({ type: 'turn', turn: 'speaking' }),
    lines: said([
      'مرحباً، هنا نورثويند للتموين. كيف أساعدك؟',
      'ماذا تقدمون يوم الأحد؟',
      'نقدم الفطور من 9:00 إلى 14:00.',
    ]),
    levels: { visitor: 0.2, assistant: 0.9 },
  },
  parameters: { note: 'Everything mirrors: who speaks stays on their side.' },
};
export const MixedDirections: Story = {
  args: {
    config: readConfig({ call_to_action: 'Shalom! דברו איתנו (24/7)' }),
    facts: live(),
    lines: said(['Welcome! שלום וברוכים הבאים', 'מה יש בתפריט today?']),
  },
  parameters: { note: 'Each line runs in the direction of its own words.' },
};
export const Scripts: Story = {
  args: {
    config: readConfig({ call_to_action: '厨房とお話しください', start_call_button: '通話を開始' }),
    facts: live({ type: 'turn', turn: 'speaking' }),
    lines: said(['日曜日は九時から二時までブランチです。', 'रविवार को क्या मिलता है?', 'Пн–Сб 8:00–18:00, Ελλάδα 😀']),
  },
  parameters: { note: 'Several scripts, and a picture among the letters.' },
};
