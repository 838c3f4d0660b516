import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { choose } from '../../engines/which.ts';

const engine = (name: Engine['name'], ...missing: string[]): Engine => ({
  name,
  missing: () => missing,
  launch: () => Promise.reject(new Error('not here')),
});
const firefox = engine('firefox');
const webkit = engine('webkit', 'webkit2gtk-driver', 'xvfb');

describe('the browsers that are tested', () => {
  it('are Chromium and what else is here, and what is left out is named with what it lacks', () => {
    expect(choose(undefined, [firefox, webkit])).toEqual({
      chromium: true,
      engines: [firefox],
      leftOut: ['webkit (missing: webkit2gtk-driver, xvfb)'],
    });
  });

  it('are those that were asked for, and no other', () => {
    expect(choose('firefox', [firefox, webkit])).toEqual({ chromium: false, engines: [firefox], leftOut: [] });
  });

  it.each([
    ['chromium,firefox,webkit', 'webkit (missing: webkit2gtk-driver, xvfb)'],
    ['chrome', 'chrome'],
  ])('are none where BROWSERS=%s asks for what is not here', (asked, what) => {
    expect(() => choose(asked, [firefox, webkit])).toThrow(what);
  });
});
