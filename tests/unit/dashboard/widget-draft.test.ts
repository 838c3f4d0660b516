import { describe, expect, it } from 'vitest';
import type { Widget } from '../../../src/dashboard/shapes.ts';
import { changesOf, colorNote, configOf, draftOf, linesOf, pickedColor } from '../../../src/dashboard/widget-draft.ts';

const WIDGET: Widget = {
  id: '665e4a34c65bb95f2f2d72e1',
  assistantId: '665e4a34c65bb95f2f2d72e2',
  background_color: '#FFFFFF',
  text_color: '#111827',
  button_color: '#0369A1',
  button_text_color: '#FFFFFF',
  border_color: '#E5E7EB',
  focus_outline_color: '#38BDF8',
  card_radius: 12,
  button_radius: 8,
  start_call_button: 'Start call',
  end_call_button: 'End call',
  call_to_action: 'Talk to Sales',
  terms_and_condition: true,
  terms_and_condition_content: 'By continuing, you agree to recording terms.',
  allowed_origins: ['https://app.example.com', 'http://localhost:5173'],
  status: 'paused',
  created_at: '2026-11-21T12:00:00.000Z',
};

describe('a widget’s draft', () => {
  it('changes nothing by being opened', () => {
    expect(changesOf(draftOf(WIDGET), draftOf(WIDGET))).toEqual({});
    expect(changesOf(draftOf(null), draftOf(null))).toEqual({});
  });

  it('has every field of UpdateWidgetDTO', () => {
    const { id: _, created_at: __, ...fields } = WIDGET;
    expect(changesOf(draftOf(WIDGET), draftOf(null))).toEqual(fields);
  });

  it('sends what has changed only, and null for what was taken back', () => {
    const draft = {
      ...draftOf(WIDGET),
      button_color: ' teal ',
      card_radius: '0',
      call_to_action: ' ',
      button_radius: '',
    };
    expect(changesOf(draft, draftOf(WIDGET))).toEqual({
      button_color: 'teal',
      card_radius: 0,
      call_to_action: null,
      button_radius: null,
    });
  });

  it('keeps terms letter for letter', () => {
    const terms_and_condition_content = '  One.\n\n  Two. ';
    expect(changesOf({ ...draftOf(WIDGET), terms_and_condition_content }, draftOf(WIDGET))).toEqual({
      terms_and_condition_content,
    });
  });

  it('is drawn from what visitors may know, without what nobody has set', () => {
    const config = configOf({ ...draftOf(WIDGET), text_color: '' });
    expect(config).not.toHaveProperty('allowed_origins');
    expect(config).not.toHaveProperty('text_color');
    expect(config).toMatchObject({ button_color: '#0369A1', card_radius: 12, status: 'paused' });
  });

  it('takes origins by the line, or as somebody pasted them', () => {
    expect(linesOf(' https://a.example\n\nhttps://b.example, https://c.example ')).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
  });

  it('shows a picker the colour that is to be seen', () => {
    const draft = { ...draftOf(null), button_color: 'rgb(255 0 0)', text_color: 'url(x)' };
    expect(pickedColor(draft, 'button_color')).toBe('#ff0000');
    expect(pickedColor(draft, 'text_color')).toBe('#111827');
    expect(pickedColor(draft, 'background_color')).toBe('#ffffff');
    expect(pickedColor({ ...draft, background_color: '#1c1917' }, 'text_color')).toBe('#f3f4f6');
  });

  it('tells of a colour that the card can’t show as it is', () => {
    const draft = { ...draftOf(null), button_color: '#0EA5E9', button_text_color: '#FFFFFF', border_color: 'url(x)' };
    expect(colorNote(draft, 'button_text_color')).toMatch(
      /^Too faint where it stands \(2\.8:1\): shown as #[0-9a-f]{6}\.$/,
    );
    expect(colorNote(draft, 'button_color')).toBeNull();
    expect(colorNote(draft, 'border_color')).toContain('Not a colour');
    expect(colorNote(draft, 'text_color')).toBeNull();
  });
});
