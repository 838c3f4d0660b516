import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardPalette } from '../../../src/config/contrast-guard.ts';
import { INDIGENIUS_FIELDS, readIndigenius } from '../../../src/config/indigenius.ts';
import { INSIGHTO_FIELDS, readInsighto } from '../../../src/config/insighto.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { readSeny, SENY_FIELDS } from '../../../src/config/seny.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../../../src/config/widget-config.ts';
import { INDIGENIUS, INSIGHTO, SENY } from './samples.ts';

const UNKNOWN = { _id: 'x', __v: 3, updated_at: '2026-01-01', nested: { theme: 'x', display_name: 'y' }, list: [1] };
const quiet = (): void => {};

function guarded(config: WidgetConfig): WidgetConfig {
  const { light, dark } = config.palettes;
  return { ...config, palettes: { light: guardPalette(light).palette, dark: guardPalette(dark).palette } };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('readConfig', () => {
  const samples = [
    ['Indigenius', INDIGENIUS, readIndigenius],
    ['Insighto', INSIGHTO, readInsighto],
    ['Seny', SENY, readSeny],
  ] as const;

  it.each(samples)("reads %s's own sample, bare and in every envelope, whatever else is in it", (_, sample, read) => {
    const expected = guarded(read(sample));
    const extended = { ...sample, ...UNKNOWN };
    for (const object of [
      sample,
      extended,
      { data: extended },
      { message: 'Data created successfully', meta: {}, data: extended },
      { status: true, data: extended },
      { widget: extended, gateway_origin: 'wss://x.example' },
    ]) {
      expect(readConfig(object, quiet)).toEqual(expected);
    }
  });

  it.each([
    ...INDIGENIUS_FIELDS.map((field) => ['Indigenius', field, readIndigenius] as const),
    ...INSIGHTO_FIELDS.filter((field) => field !== 'name').map((field) => ['Insighto', field, readInsighto] as const),
    ...SENY_FIELDS.map((field) => ['Seny', field, readSeny] as const),
  ])('knows a widget of %s by its %s alone', (_, field, read) => {
    const samples: Record<string, unknown> = { ...INDIGENIUS, ...INSIGHTO, ...SENY };
    const widget = { id: 'w', status: 'paused', [field]: samples[field] };
    expect(readConfig(widget, quiet)).toEqual(guarded(read(widget)));
  });

  it('takes the status of an object that holds nothing else', () => {
    expect(readConfig({ id: 'w', status: 'paused' })).toEqual({
      ...DEFAULT_CONFIG,
      widgetId: 'w',
      availability: 'paused',
    });
  });

  it('opens one envelope, and not one that is a widget itself', () => {
    expect(readConfig({ data: { data: { call_to_action: 'x' } } })).toEqual(DEFAULT_CONFIG);
    expect(readConfig({ call_to_action: 'outer', data: { call_to_action: 'inner' } }).texts.title).toBe('outer');
  });

  it.each([
    undefined,
    null,
    true,
    7,
    'widget',
    '{"name":"x"}',
    [],
    [INDIGENIUS],
    { data: [INDIGENIUS] },
    { data: null },
  ])('takes every default from %j', (object) => {
    expect(readConfig(object)).toEqual(DEFAULT_CONFIG);
  });

  it('survives what is meant to hurt', () => {
    const long = 'x'.repeat(1_000_000);
    const cycle: Record<string, unknown> = { display_name: 'Northwind' };
    cycle['data'] = cycle['style_params'] = cycle['translations'] = cycle;
    const huge = Array.from({ length: 1_000_000 }, () => long);
    expect(readConfig(cycle).texts.title).toBe('Northwind');
    expect(readConfig(JSON.parse('{"__proto__": {"call_to_action": "x"}, "constructor": 1}'))).toEqual(DEFAULT_CONFIG);
    expect(readConfig(Object.create(null))).toEqual(DEFAULT_CONFIG);
    expect(readConfig({ call_to_action: huge, text_color: huge }).texts.title).toBeNull();
    expect(readConfig({ suggested_prompts: huge }).texts.prompts).toEqual(
      huge.slice(0, 12).map(() => long.slice(0, 120)),
    );
    const everywhere = { ...INSIGHTO, ...Object.fromEntries(Object.keys(INSIGHTO).map((key) => [key, long])) };
    expect(readConfig(everywhere).texts.intro).toBe(long.slice(0, 500));
    const spaces = ' '.repeat(1_000_000);
    expect(readConfig({ call_to_action: spaces, text_color: spaces, end_call_button: `a${spaces}b` }).texts).toEqual({
      ...DEFAULT_CONFIG.texts,
      endLabel: 'a',
    });
    expect(({} as Record<string, unknown>)['call_to_action']).toBeUndefined();
  });

  it('never throws, and gives a whole config, whatever comes', () => {
    const keys = [...new Set([...INDIGENIUS_FIELDS, ...INSIGHTO_FIELDS, ...SENY_FIELDS, 'id', 'status', 'data'])];
    const value = fc.oneof(
      fc.anything({ maxDepth: 2, withNullPrototype: true }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('#fff', 'red', 'rgb(1,2,3)', 'url(x)', 'red;}', 'dark', 'fab', true, -1, 1e9, '__proto__'),
      fc.record({ mode: fc.anything(), primary: fc.anything(), radius: fc.anything() }, { requiredKeys: [] }),
    );
    const widget = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value, { maxKeys: 12 });
    const hostile = fc.oneof(
      widget,
      widget,
      widget.map((data) => ({ data })),
      fc.anything(),
    );
    fc.assert(
      fc.property(hostile, (object) => {
        const config = readConfig(object, quiet);
        expect(Object.keys(config).sort()).toEqual(Object.keys(DEFAULT_CONFIG).sort());
        for (const scheme of ['light', 'dark'] as const) {
          expect(Object.keys(config.palettes[scheme]).sort()).toEqual(
            Object.keys(DEFAULT_CONFIG.palettes.light).sort(),
          );
          for (const color of Object.values(config.palettes[scheme])) {
            expect(color ?? '').not.toMatch(/[;{}:@]|url\(|var\(/i);
          }
        }
        for (const radius of [config.cardRadius, config.buttonRadius])
          expect(Math.abs(radius - 32)).toBeLessThanOrEqual(32);
        for (const text of Object.values(config.texts)) expect((text ?? '').length).toBeLessThanOrEqual(500 * 10);
      }),
      { numRuns: 8_000 },
    );
  });

  it('warns of each colour that was moved, once a page, with both values', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(quiet);
    readConfig(INDIGENIUS);
    readConfig({ ...INDIGENIUS, card_radius: 3 });
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines).toEqual([
      expect.stringMatching(
        /^indigenius-widget: focusOutline #38BDF8 on #FFFFFF has a contrast of 2\.14:1 where 3:1 is needed\. Used instead: #[\da-f]{6}\.$/,
      ),
      expect.stringMatching(
        /^indigenius-widget: buttonText #FFFFFF on #0EA5E9 has a contrast of 2\.77:1 where 4\.5:1 is needed\. Used instead: #[\da-f]{6}\.$/,
      ),
    ]);
  });

  it('warns of nothing that the owner did not choose', () => {
    const warn = vi.fn<(message: string) => void>();
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(hex, hex, hex, (one, two, three) => {
        readConfig({ background_color: one, button_color: two }, warn);
        readConfig({ background_color: one, text_color: two }, (warning) => {
          expect(warning).toContain(`text ${two} on ${one}`);
        });
        readConfig({ theme: { primary: one, mode: 'dark' } }, warn);
        readConfig({ header_color: one, user_message_color: two, bubble_color: three, bot_icon_color: one }, warn);
      }),
      { numRuns: 300 },
    );
    expect(warn).not.toHaveBeenCalled();
  });
});
