import { describe, expect, it } from 'vitest';
import { readIndigenius } from '../../../src/config/indigenius.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { INDIGENIUS } from './samples.ts';

const PUBLISHED = { id: '665e4a34c65bb95f2f2d72e1', ...INDIGENIUS, status: 'active' };
const { light } = DEFAULT_CONFIG.palettes;

describe('readIndigenius', () => {
  it('reads every published field', () => {
    const config = readIndigenius(PUBLISHED);
    expect(config).toEqual({
      ...DEFAULT_CONFIG,
      widgetId: '665e4a34c65bb95f2f2d72e1',
      assistantId: '665e4a34c65bb95f2f2d72e2',
      palettes: {
        light: {
          ...light,
          background: '#FFFFFF',
          text: '#111827',
          button: '#0EA5E9',
          buttonText: '#FFFFFF',
          border: '#E5E7EB',
          focusOutline: '#38BDF8',
        },
        dark: config.palettes.dark,
      },
      texts: { ...DEFAULT_CONFIG.texts, startLabel: 'Start call', endLabel: 'End call', title: 'Talk to Sales' },
      terms: 'By continuing, you agree to recording terms.',
    });
  });

  it.each([{}, null, undefined, 'widget', 7, []])('takes every default from %j', (widget) => {
    expect(readIndigenius(widget)).toEqual(DEFAULT_CONFIG);
  });

  it('lets a field of the wrong type cost only itself', () => {
    const wrong = Object.fromEntries(Object.keys(PUBLISHED).map((key) => [key, { nested: true }]));
    expect(readIndigenius(wrong)).toEqual(DEFAULT_CONFIG);
    const { text_color: _, ...rest } = PUBLISHED;
    expect(readIndigenius({ ...PUBLISHED, text_color: 5 })).toEqual(readIndigenius(rest));
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

  it('keeps the terms letter for letter and whole, since their hash is what is accepted', () => {
    const content = `  One.\n\nTwo.\u202e  ${'x'.repeat(1_000_000)}`;
    expect(readIndigenius({ terms_and_condition: true, terms_and_condition_content: content }).terms).toBe(content);
  });

  it('asks for terms that nobody wrote, and for none where they are off', () => {
    expect(readIndigenius({ terms_and_condition: true }).terms).toBe('');
    expect(readIndigenius({ terms_and_condition: false, terms_and_condition_content: 'x' }).terms).toBeNull();
    expect(readIndigenius({ terms_and_condition_content: 'x' }).terms).toBeNull();
  });

  it("reads the owner's texts for a language, and no terms among them", () => {
    const { translations, terms } = readIndigenius({
      ...PUBLISHED,
      translations: {
        de: { call_to_action: 'Mit uns reden', end_call_button: '', terms_and_condition_content: 'Anders.' },
        'pt-BR': { start_call_button: 'Ligar', start_call: 'x' },
        fr: { call_to_action: 7 },
        es: 'Hola',
        'no such language': { call_to_action: 'x' },
        constructor: { call_to_action: 'x' },
        ['__proto__']: { call_to_action: 'x' },
      },
    });
    expect(translations).toEqual({ de: { title: 'Mit uns reden' }, 'pt-br': { startLabel: 'Ligar' } });
    expect(terms).toBe(PUBLISHED.terms_and_condition_content);
  });

  it('reads at most 50 languages', () => {
    const codes = Array.from({ length: 200 }, (_, at) => `${String.fromCharCode(97 + (at % 26))}a-x${at}`);
    const translations = Object.fromEntries(codes.map((code) => [code, { call_to_action: code }]));
    expect(Object.keys(readIndigenius({ translations }).translations)).toEqual(codes.slice(0, 50));
  });

  it('says that calls are recorded only where the owner said so', () => {
    expect(readIndigenius({ recording: true }).recording).toBe(true);
    expect(readIndigenius({ recording: 'true' }).recording).toBe(false);
  });
});
