import { describe, expect, it } from 'vitest';
import { contrast, readColor, toRgb } from '../../../src/config/color.ts';
import { toOklch } from '../../../src/config/oklch.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { DEFAULT_CONFIG, type Palette } from '../../../src/config/widget-config.ts';
import { themeOf } from '../../../src/widget/theme.ts';

function bytes(color: string, ground?: readonly [number, number, number]): readonly number[] | undefined {
  return toRgb(color, ground)?.map((channel) => Math.round(channel * 255));
}

/** The 148 of CSS Color 4, but for those that only spell grey in another way. */
const NAMES =
  'aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood ' +
  'cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray ' +
  'darkgreen darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue ' +
  'darkslategray darkturquoise darkviolet deeppink deepskyblue dimgray dodgerblue firebrick floralwhite forestgreen ' +
  'fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow honeydew hotpink indianred indigo ivory khaki ' +
  'lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray ' +
  'lightgreen lightpink lightsalmon lightseagreen lightskyblue lightslategray lightsteelblue lightyellow lime limegreen ' +
  'linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue ' +
  'mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace ' +
  'olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru ' +
  'pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell ' +
  'sienna silver skyblue slateblue slategray snow springgreen steelblue tan teal thistle tomato turquoise violet wheat ' +
  'white whitesmoke yellow yellowgreen';

describe('readColor in a browser', () => {
  it('lets every named colour in, and no other word', () => {
    for (const name of NAMES.split(' ')) expect([name, readColor(name)]).toEqual([name, name]);
    for (const word of ['bluish', 'Canvas', 'AccentColor', 'Mark', 'window', 'inherit', 'rgb(1deg 2 3)']) {
      expect([word, readColor(word)]).toEqual([word, null]);
    }
  });
});

describe('toRgb in a browser', () => {
  it.each([
    ['rebeccapurple', [102, 51, 153]],
    ['Navy', [0, 0, 128]],
    ['transparent', [255, 255, 255]],
    ['hwb(210 20% 40%)', [51, 102, 153]],
    ['lab(50 0 0)', [119, 119, 119]],
    ['lch(50% 0 30)', [119, 119, 119]],
    ['oklab(0.6 0 0)', [128, 128, 128]],
    ['oklch(68.5% 0.148 237.3)', [14, 165, 233]],
    ['oklch(70% 0.4 140)', [0, 205, 0]],
  ])('reads %s', (given, read) => {
    const found = bytes(readColor(given)!)!;
    for (const [at, channel] of read.entries()) expect(Math.abs(found[at]! - channel)).toBeLessThanOrEqual(3);
  });

  it('lays what is translucent on its ground', () => {
    expect(bytes('oklab(0 0 0 / 0.5)', [1, 0, 0])).toEqual([128, 0, 0]);
    expect(bytes('hwb(0 0% 100% / 50%)')).toEqual([128, 128, 128]);
  });

  it("agrees with the browser on its own arithmetic's colours", () => {
    for (const color of ['hsl(210 50% 40%)', 'hsl(-30deg, 90%, 70%)', 'rgb(10% 20% 30%)', '#0ea5e9']) {
      const probe = document.createElement('i');
      probe.style.color = color;
      document.body.append(probe);
      expect(`rgb(${bytes(color)!.join(', ')})`).toBe(getComputedStyle(probe).color);
      probe.remove();
    }
  });

  it('leaves nothing in the page, and asks once', () => {
    const added: Node[] = [];
    const observer = new MutationObserver((records) => added.push(...records.flatMap((each) => [...each.addedNodes])));
    observer.observe(document, { childList: true, subtree: true });
    const before = document.documentElement.outerHTML;
    for (let times = 0; times < 5; times++) toRgb('cornflowerblue');
    for (const { addedNodes } of observer.takeRecords()) added.push(...addedNodes);
    observer.disconnect();
    expect(added).toHaveLength(1);
    expect(document.documentElement.outerHTML).toBe(before);
  });

  it("is not led astray by the page's own styles", () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('i, * { flood-color: red !important; color: red !important; transition: all 9s }');
    document.adoptedStyleSheets.push(sheet);
    expect(bytes('darkolivegreen')).toEqual([85, 107, 47]);
    document.adoptedStyleSheets.pop();
  });
});

describe('readConfig in a browser', () => {
  it('moves a colour of any syntax that can not be read, and keeps its hue', () => {
    const warnings: string[] = [];
    const { palettes } = readConfig(
      {
        background_color: 'lavender',
        text_color: 'oklch(75% 0.15 30)',
        button_color: 'gold',
        button_text_color: 'white',
      },
      (warning) => warnings.push(warning),
    );
    const { light } = palettes;
    for (const [text, ground] of [
      [light.text, light.background],
      [light.buttonText, light.button],
    ] as const) {
      expect(contrast(toRgb(text)!, toRgb(ground)!)).toBeGreaterThanOrEqual(4.5);
    }
    expect((toOklch(toRgb(light.text)!).hue * 180) / Math.PI).toBeCloseTo(30, -1);
    expect([light.background, light.button]).toEqual(['lavender', 'gold']);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('oklch(75% 0.15 30) on lavender');
  });

  it('knows a dark card by its name', () => {
    expect(readConfig({ background_color: 'midnightblue' }).themeMode).toBe('dark');
  });
});

describe('themeOf in a browser', () => {
  it('lets the page go before the owner, and the owner before what is derived', () => {
    const config = {
      ...DEFAULT_CONFIG,
      palettes: {
        light: { ...DEFAULT_CONFIG.palettes.light, header: '#010203' } satisfies Palette,
        dark: DEFAULT_CONFIG.palettes.dark,
      },
    };
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    const card = document.createElement('p');
    root.append(card);
    document.body.append(host);
    const sheet = new CSSStyleSheet();
    // As the style sheet has it, by the docblock.
    sheet.replaceSync(`
      :host { --_header: var(--indigenius-header, var(--_background)) }
      p { background: var(--_header) }
    `);
    const theme = new CSSStyleSheet();
    root.adoptedStyleSheets = [sheet, theme];
    const shown = (): string => getComputedStyle(card).backgroundColor;
    theme.replaceSync(themeOf(DEFAULT_CONFIG, 'light'));
    expect(shown()).toBe('rgb(255, 255, 255)');
    theme.replaceSync(themeOf(config, 'light'));
    expect(shown()).toBe('rgb(1, 2, 3)');
    const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(17, 24, 39)' : 'rgb(1, 2, 3)';
    theme.replaceSync(themeOf(config, 'auto'));
    expect(shown()).toBe(scheme);
    theme.replaceSync(themeOf(config, 'dark'));
    expect(shown()).toBe('rgb(17, 24, 39)');
    expect(getComputedStyle(card).colorScheme).toBe('dark');
    host.style.setProperty('--indigenius-header', 'rgb(4, 5, 6)');
    expect(shown()).toBe('rgb(4, 5, 6)');
    theme.replaceSync(themeOf(config, 'light'));
    expect(shown()).toBe('rgb(4, 5, 6)');
    host.remove();
  });
});
