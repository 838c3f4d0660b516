import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIndigenius } from '../../../src/config/indigenius.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';

const PUBLISHED = {
  id: '665e4a34c65bb95f2f2d72e1',
  assistantId: '665e4a34c65bb95f2f2d72e2',
  background_color: '#FFFFFF',
  text_color: '#111827',
  button_color: '#0EA5E9',
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
  status: 'active',
};

describe('readIndigenius', () => {
  it('reads every published field', () => {
    expect(readIndigenius(PUBLISHED)).toEqual({
      widgetId: '665e4a34c65bb95f2f2d72e1',
      assistantId: '665e4a34c65bb95f2f2d72e2',
      availability: 'active',
      palette: {
        background: '#FFFFFF',
        text: '#111827',
        button: '#0EA5E9',
        buttonText: '#FFFFFF',
        border: '#E5E7EB',
        focusOutline: '#38BDF8',
      },
      cardRadius: 12,
      buttonRadius: 8,
      startLabel: 'Start call',
      endLabel: 'End call',
      callToAction: 'Talk to Sales',
      terms: 'By continuing, you agree to recording terms.',
    });
  });

  it.each([{}, null, undefined, 'widget', 7, []])('takes every default from %j', (widget) => {
    expect(readIndigenius(widget)).toEqual(DEFAULT_CONFIG);
  });

  it('lets a field of the wrong type cost only itself', () => {
    const wrong = Object.fromEntries(Object.keys(PUBLISHED).map((key) => [key, { nested: true }]));
    expect(readIndigenius(wrong)).toEqual(DEFAULT_CONFIG);
    expect(readIndigenius({ ...PUBLISHED, text_color: 5 })).toEqual({
      ...readIndigenius(PUBLISHED),
      palette: { ...readIndigenius(PUBLISHED).palette, text: DEFAULT_CONFIG.palette.text },
    });
  });

  it.each([
    [-4, 0],
    [0, 0],
    [20.5, 20.5],
    [999, 64],
    [Number.NaN, 12],
    [Number.POSITIVE_INFINITY, 12],
    ['12px', 12],
  ])('reads a card radius of %j as %d', (given, read) => {
    expect(readIndigenius({ card_radius: given }).cardRadius).toBe(read);
  });

  it.each([
    ['paused', 'paused'],
    ['draft', 'draft'],
    ['active', 'active'],
    ['Paused', 'active'],
    [0, 'active'],
  ])('reads the status %j as %s', (given, read) => {
    expect(readIndigenius({ status: given }).availability).toBe(read);
  });

  it('trims words, and cuts them between characters', () => {
    expect(readIndigenius({ call_to_action: '  Talk\n to   us ' }).callToAction).toBe('Talk to us');
    expect(readIndigenius({ start_call_button: ' \t ' }).startLabel).toBeNull();
    expect(readIndigenius({ start_call_button: '📞'.repeat(200) }).startLabel).toBe('📞'.repeat(60));
  });

  it('keeps the terms letter for letter, since their hash is what is accepted', () => {
    const content = '  One.\n\nTwo.  ';
    expect(readIndigenius({ terms_and_condition: true, terms_and_condition_content: content }).terms).toBe(content);
  });

  it('asks for terms that nobody wrote, and for none where they are off', () => {
    expect(readIndigenius({ terms_and_condition: true }).terms).toBe('');
    expect(readIndigenius({ terms_and_condition: false, terms_and_condition_content: 'x' }).terms).toBeNull();
    expect(readIndigenius({ terms_and_condition_content: 'x' }).terms).toBeNull();
  });

  it('never throws, and lets nothing into a style sheet but colours', () => {
    const anyField = fc.oneof(fc.anything(), fc.string(), fc.constantFrom('red;}', 'url(x)', 'var(--x)', '#fff;'));
    const widget = fc.record(Object.fromEntries(Object.keys(PUBLISHED).map((key) => [key, anyField])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(fc.oneof(widget, fc.anything()), (value) => {
        const { palette, cardRadius, buttonRadius } = readIndigenius(value);
        for (const color of Object.values(palette)) expect(color).not.toMatch(/[;{}:]|url\(|var\(/);
        for (const radius of [cardRadius, buttonRadius]) {
          expect(radius).toBeGreaterThanOrEqual(0);
          expect(radius).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
