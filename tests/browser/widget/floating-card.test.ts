import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { CallError } from '../../../src/call/errors.ts';
import { cannot } from '../engine.ts';
import {
  button,
  dialog,
  focused,
  hits,
  launcher,
  make,
  part,
  press,
  pressTwice,
  settled,
  show,
  tell,
} from './floating-page.ts';
import { live, type ScriptedWidget } from './scripted-call.ts';

const said = (widget: ScriptedWidget) => widget.shadowRoot!.querySelector('[role=status]')!.textContent;
const isOpen = (widget: ScriptedWidget) => part(widget, 'panel') !== null;

function record(): string[] {
  const heard: string[] = [];
  for (const type of ['indigenius-open', 'indigenius-close'] as const) {
    document.addEventListener(type, (event) => {
      const { bubbles, composed } = event;
      const widget = event.target as ScriptedWidget;
      if (widget.isConnected) heard.push(`${type} ${bubbles && composed} ${widget.opened === isOpen(widget)}`);
    });
  }
  return heard;
}

/** As Safari tells of a key that ends a composition, and as the others do. */
const COMPOSING = [{ isComposing: true }, { keyCode: 229 }];

beforeEach(async () => {
  await page.viewport(1000, 700);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe('the floating card', () => {
  it('opens and closes by the launcher, and tells the page after the fact', async () => {
    const heard = record();
    const widget = await show();
    await expect.element(dialog()).not.toBeInTheDocument();
    await press(launcher());
    await settled(widget);
    await expect.element(dialog()).toBeVisible();
    expect([widget.hasAttribute('opened'), widget.matches(':state(open)')]).toEqual([true, true]);
    await press(launcher());
    await settled(widget);
    await expect.element(dialog()).not.toBeInTheDocument();
    expect([widget.hasAttribute('opened'), widget.matches(':state(open)')]).toEqual([false, false]);
    expect(heard).toEqual(['indigenius-open true true', 'indigenius-close true true']);
  });

  it('opens and closes by the page: methods, attribute, property', async () => {
    const heard = record();
    const widget = await show();
    for (const [step, open] of [
      [() => widget.openCard(), true],
      [() => widget.closeCard(), false],
      [() => widget.toggleAttribute('opened', true), true],
      [() => widget.toggleAttribute('opened', false), false],
      [() => (widget.opened = true), true],
      [() => widget.openCard(), true],
    ] as const) {
      step();
      await settled(widget);
      expect(isOpen(widget)).toBe(open);
    }
    expect(heard.map((event) => event.split(' ')[0])).toEqual([
      'indigenius-open',
      'indigenius-close',
      'indigenius-open',
      'indigenius-close',
      'indigenius-open',
    ]);
  });

  it('is open from the start where the tag says so', async () => {
    const widget = await show({}, { opened: '' });
    expect(isOpen(widget)).toBe(true);
  });

  it('opens once for a double click', async () => {
    const widget = await show();
    await pressTwice(launcher());
    await settled(widget);
    expect(isOpen(widget)).toBe(true);
  });

  it('opens for a call that the page starts, also one that fails at once', async () => {
    const widget = await show();
    void widget.startCall().catch(() => {});
    await settled(widget);
    expect(isOpen(widget)).toBe(true);
    widget.remove();

    const failing = make();
    failing.answer = new CallError('widget-unknown', 'x');
    document.body.append(failing);
    await failing.startCall().catch(() => {});
    await settled(failing);
    await expect.element(page.getByText('Nobody is here to answer').first()).toBeVisible();
  });

  it('stays inside the window, with all its buttons, however low that is', async () => {
    await page.viewport(1000, 500);
    const widget = await show({ texts: { prompts: ['a', 'b'] } });
    widget.openCard();
    await tell(widget, ...live());
    const box = part(widget, 'panel')!.getBoundingClientRect();
    expect(box.top).toBeGreaterThanOrEqual(24);
    expect(box.bottom).toBeLessThanOrEqual(part(widget, 'launcher')!.getBoundingClientRect().top);
    expect(hits(part(widget, 'end-button')!)).toBe(true);
    expect(hits(part(widget, 'close-button')!)).toBe(true);
  });

  it('has the level run again, and what was said, once it is looked at again in a call', async () => {
    const widget = await show();
    await press(launcher());
    await tell(widget, ...live());
    widget.script.level = { visitor: 0, assistant: 1 };
    const loud = () => [...widget.shadowRoot!.querySelectorAll('i')].some((bar) => /\(1\)/.test(bar.style.transform));
    await vi.waitFor(() => expect(loud()).toBe(true));
    await press(button('Minimise'));
    await settled(widget);
    expect([isOpen(widget), widget.script.state.name]).toEqual([false, 'live']);
    const { length } = widget.script.asked;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(widget.script.asked).toHaveLength(length); // nobody asks how loud it is

    widget.script.ontranscript?.({ id: '1', role: 'assistant', text: 'Still here.', final: true });
    await settled(widget);
    expect(said(widget)).toBe('Assistant: Still here.');
    await press(launcher());
    await settled(widget);
    expect(part(widget, 'transcript')!.innerText).toContain('Still here.');
    await vi.waitFor(() => expect(loud()).toBe(true));
  });
});

describe('the focus', () => {
  it('goes by keys alone: to the launcher, into the card, through it and back', async () => {
    document.body.innerHTML = '<button>Before</button>';
    const widget = await show();
    document.querySelector('button')!.focus();
    await userEvent.keyboard('{Tab}');
    expect(focused(widget)).toBe('launcher');
    await userEvent.keyboard('{Enter}');
    await settled(widget);
    expect(focused(widget)).toBe('start-button');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(focused(widget)).toBe('close-button');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Shift>}{Tab}{/Shift}');
    expect(['launcher', 'button']).toContain(focused(widget)); // the page stays within reach
    widget.shadowRoot!.querySelector<HTMLElement>('[part=close-button]')!.focus();
    await userEvent.keyboard('{Escape}');
    await settled(widget);
    expect([isOpen(widget), focused(widget)]).toEqual([false, 'launcher']);
  });

  it('goes back to the launcher when the card is closed by its own button', async () => {
    const widget = await show();
    await press(launcher());
    await press(button('Close'));
    await settled(widget);
    expect([isOpen(widget), focused(widget)]).toEqual([false, 'launcher']);
  });

  it('goes to the card, not to the button that hangs up, in a call', async () => {
    const widget = await show();
    await tell(widget, ...live());
    await press(launcher());
    await settled(widget);
    expect(focused(widget)).toBe('panel');
  });

  it('follows a press on the page, and returns there', async () => {
    document.body.innerHTML = '<button>Talk</button>';
    const widget = await show();
    const talk = document.querySelector('button')!;
    talk.onclick = () => widget.openCard();
    talk.focus();
    await userEvent.keyboard('{Enter}');
    await settled(widget);
    // Firefox 115 does not tell whether the visitor has pressed anything.
    expect(focused(widget)).toBe('userActivation' in navigator ? 'start-button' : 'button');
    widget.shadowRoot!.querySelector<HTMLElement>('.primary')!.focus();
    await userEvent.keyboard('{Escape}');
    await settled(widget);
    expect(document.activeElement).toBe(talk);
  });

  it('is not taken from who writes', async () => {
    document.body.innerHTML = '<input>';
    const widget = await show();
    document.querySelector('input')!.focus();
    await userEvent.keyboard('a');
    widget.openCard();
    await settled(widget);
    expect([isOpen(widget), focused(widget)]).toEqual([true, 'input']);
  });

  it('is not taken by a page that opens the card of its own accord', async () => {
    vi.spyOn(Navigator.prototype, 'userActivation', 'get').mockReturnValue({ isActive: false } as UserActivation);
    document.body.innerHTML = '<button>Before</button>';
    const widget = await show();
    document.querySelector('button')!.focus();
    widget.openCard();
    await settled(widget);
    expect([isOpen(widget), focused(widget)]).toEqual([true, 'button']);
    widget.closeCard();
    await settled(widget);
    expect(focused(widget)).toBe('button');
  });
});

describe('Escape', () => {
  const escape = (target: Element, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', {
      key: 'Escape',
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    });
    target.dispatchEvent(event);
    return event;
  };

  it('puts the card away from inside, and is used up by that; the call goes on', async () => {
    const widget = await show();
    const heard = vi.fn();
    document.addEventListener('keydown', heard, { once: true });
    widget.openCard();
    await tell(widget, ...live());
    escape(part(widget, 'end-button')!);
    await settled(widget);
    expect([isOpen(widget), widget.script.state.name]).toEqual([false, 'live']);
    expect(heard).not.toHaveBeenCalled();
    document.removeEventListener('keydown', heard);
  });

  it.each(COMPOSING)('is the input method’s own while it composes: %o', async (composing) => {
    const widget = await show();
    widget.openCard();
    await settled(widget);
    escape(part(widget, 'close-button')!, composing);
    await settled(widget);
    expect(isOpen(widget)).toBe(true);
  });

  it('is the page’s outside the card', async () => {
    const widget = await show();
    widget.openCard();
    await settled(widget);
    expect(escape(document.body).defaultPrevented).toBe(false);
    await settled(widget);
    expect(isOpen(widget)).toBe(true);
  });
});

describe('the sheet', () => {
  const sheet = async (given = {}) => {
    const widget = await show(given);
    widget.openCard();
    await settled(widget);
    return widget;
  };
  const boxOf = (widget: ScriptedWidget) => {
    const { left, top, right, bottom } = part(widget, 'panel')!.getBoundingClientRect();
    return [left, top, right, bottom];
  };

  it.each([
    [320, 568, 0],
    [360, 640, 40],
    [390, 844, 244],
    [740, 360, 0],
  ])('has the width of a window of %i x %i px, and begins at %i', async (width, height, top) => {
    await page.viewport(width, height);
    const widget = await sheet();
    expect(boxOf(widget)).toEqual([0, top, width, height]);
    expect(hits(part(widget, 'start-button')!)).toBe(true);
    expect(hits(part(widget, 'close-button')!)).toBe(true);
    expect(part(widget, 'card')!.scrollWidth).toBeLessThanOrEqual(width);
  });

  it('becomes a card beside the page when there is room, and the other way round', async () => {
    await page.viewport(360, 640);
    const widget = await sheet();
    await page.viewport(1000, 700);
    await vi.waitFor(() => expect(part(widget, 'panel')!.getBoundingClientRect().width).toBe(400));
    await page.viewport(360, 640);
    await vi.waitFor(() => expect(part(widget, 'panel')!.getBoundingClientRect().width).toBe(360));
  });

  it('is modal: called so, and what it covers is out of reach of fingers and keys', async () => {
    document.body.innerHTML = '<button style="position:fixed;inset:0">Page</button>';
    await page.viewport(390, 844);
    const widget = await sheet({ availability: 'paused' });
    const dialogs = widget.shadowRoot!.querySelectorAll('[role=dialog]');
    expect([...dialogs].map((one) => one.ariaModal)).toEqual(['true']);
    // What a screen reader is told of must not be outside of what is modal.
    expect(dialogs[0]!.querySelector('[role=status]')).not.toBeNull();
    expect(document.elementFromPoint(195, 100)).toBe(widget);

    const link = widget.querySelector('a')!;
    part(widget, 'close-button')!.focus();
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(document.activeElement).toBe(link);
    await userEvent.keyboard('{Tab}');
    expect(focused(widget)).toBe('close-button');
  });

  it('takes the focus even where the page opens it unasked', async () => {
    vi.spyOn(Navigator.prototype, 'userActivation', 'get').mockReturnValue({ isActive: false } as UserActivation);
    await page.viewport(360, 640);
    expect(focused(await sheet())).toBe('start-button');
  });

  it('is put away by a press beside it', async () => {
    await page.viewport(390, 844);
    const widget = await sheet();
    widget.shadowRoot!.querySelector<HTMLElement>('.scrim')!.click();
    await settled(widget);
    expect([isOpen(widget), focused(widget)]).toEqual([false, 'launcher']);
    expect(widget.shadowRoot!.querySelector('.scrim')).toBeNull();
  });

  describe('and the keyboard on the screen', () => {
    class Viewport extends EventTarget {
      height = 640;
      offsetTop = 0;
      scale = 1;
      change(height: number, offsetTop = 0, scale = 1): void {
        Object.assign(this, { height, offsetTop, scale });
        this.dispatchEvent(new Event('resize'));
      }
    }

    const simulate = () => {
      const viewport = new Viewport();
      vi.spyOn(window, 'visualViewport', 'get').mockReturnValue(viewport as unknown as VisualViewport);
      return viewport;
    };

    it('stand above each other', async () => {
      await page.viewport(360, 640);
      const viewport = simulate();
      const widget = await sheet();
      await tell(widget, ...live());
      viewport.change(340);
      expect(boxOf(widget)).toEqual([0, 0, 360, 340]);
      const { bottom } = part(widget, 'end-button')!.getBoundingClientRect();
      expect(bottom).toBeLessThanOrEqual(340);
      viewport.change(340, 100); // the page was scrolled up by the browser
      expect(boxOf(widget)).toEqual([0, 100, 360, 440]);
      viewport.change(640);
      expect(boxOf(widget)).toEqual([0, 40, 360, 640]);
    });

    it('do not change places when the visitor zooms in', async () => {
      await page.viewport(360, 640);
      const viewport = simulate();
      const widget = await sheet();
      viewport.change(320, 200, 2);
      expect(boxOf(widget)).toEqual([0, 40, 360, 640]);
    });

    it('part without a trace', async () => {
      await page.viewport(360, 640);
      const viewport = simulate();
      const removed = vi.spyOn(viewport, 'removeEventListener');
      const widget = await sheet();
      const float = widget.shadowRoot!.querySelector<HTMLElement>('.float')!;
      viewport.change(340);
      expect(float.style.getPropertyValue('--_covered')).toBe('300px');
      widget.closeCard();
      await settled(widget);
      expect(float.style.getPropertyValue('--_covered')).toBe('');
      expect(removed).toHaveBeenCalledTimes(2);
    });
  });
});

describe('fullscreen', () => {
  it('takes the whole window, its content in the middle and readable', async () => {
    document.body.innerHTML =
      '<div style="transform:scale(.5)"></div><p style="position:fixed;inset:0;z-index:9">x</p>';
    const widget = await show({}, { 'display-mode': 'fullscreen' }, document.querySelector('div')!);
    const { width, height } = part(widget, 'card')!.getBoundingClientRect();
    expect([width, height]).toEqual([1000, 700]);
    const { left, right } = part(widget, 'header')!.getBoundingClientRect();
    expect([left, right]).toEqual([180, 820]);
    expect(hits(part(widget, 'start-button')!)).toBe(true);
    expect([part(widget, 'launcher'), part(widget, 'close-button')]).toEqual([null, null]);
    expect(getComputedStyle(part(widget, 'card')!).borderRadius).toBe('0px');
  });

  it('fits a phone', async () => {
    await page.viewport(320, 568);
    const widget = await show({}, { 'display-mode': 'fullscreen' });
    const { width, height } = part(widget, 'card')!.getBoundingClientRect();
    expect([width, height, part(widget, 'card')!.scrollWidth]).toEqual([320, 568, 320]);
  });

  it('stays, whatever is pressed, and says that a config has failed', async () => {
    const widget = make({}, { 'display-mode': 'fullscreen' });
    widget.answer = new CallError('widget-unknown', 'x');
    document.body.append(widget);
    await settled(widget);
    await userEvent.keyboard('{Escape}');
    await settled(widget);
    await expect.element(page.getByText('Nobody is here to answer').first()).toBeVisible();
    expect(part(widget, 'card')).not.toBeNull();
  });
});

describe('a change of mind about where the card is', () => {
  it('is drawn at once, and costs a call nothing: not the level, the words or the focus', async () => {
    const heard = record();
    const widget = await show({}, { 'display-mode': 'card' });
    void widget.startCall().catch(() => {});
    await tell(widget, ...live());
    widget.script.ontranscript?.({ id: '1', role: 'user', text: 'Hello?', final: true });
    await settled(widget);
    part(widget, 'end-button')!.focus();
    for (const mode of ['fab', 'fullscreen', 'card', 'fab'] as const) {
      widget.setAttribute('display-mode', mode);
      await widget.updateComplete;
      expect(part(widget, 'card')).not.toBeNull(); // even while what it needs is on its way
      await vi.waitFor(() => expect(widget.shadowRoot!.querySelector('.float') !== null).toBe(mode !== 'card'));
      await settled(widget);
      expect(part(widget, 'transcript')!.innerText).toContain('Hello?');
      expect(widget.shadowRoot!.activeElement).not.toBeNull();
      expect(widget.matches(':state(open)')).toBe(mode === 'fab');
      widget.script.level = { visitor: 1, assistant: 1 };
      await vi.waitFor(() => {
        const bars = [...widget.shadowRoot!.querySelectorAll('i')];
        expect(bars.every((bar) => bar.style.transform === 'scaleY(1)')).toBe(true);
      });
      widget.script.level = { visitor: 0, assistant: 0 };
    }
    expect(widget.script.state.name).toBe('live');
    expect(widget.script.asked.filter((asked) => asked.startsWith('end'))).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it('leaves nothing behind in the page’s flow', async () => {
    const widget = await show({}, { 'display-mode': 'fullscreen' });
    widget.setAttribute('display-mode', 'card');
    await settled(widget);
    expect(getComputedStyle(widget).position).toBe('relative');
    expect(part(widget, 'card')!.getBoundingClientRect().height).toBe(480);
  });

  it('moves the launcher', async () => {
    const widget = await show();
    widget.setAttribute('position', 'top-left');
    await settled(widget);
    const { left, top } = part(widget, 'launcher')!.getBoundingClientRect();
    expect([left, top]).toEqual([24, 24]);
  });
});

describe('motion', () => {
  it('is none, and fading is short, for who wants it reduced', async (test) => {
    cannot(test, { firefox: 'nothing to emulate media with', webkit: 'nothing to emulate media with' });
    const emulate = (value: string) =>
      (cdp() as unknown as { send(name: string, more: unknown): Promise<void> }).send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-reduced-motion', value }],
      });
    const moving = async () => {
      const widget = await show();
      await tell(widget, ...live());
      widget.openCard();
      await widget.updateComplete;
      const running = widget.shadowRoot!.getAnimations().map(({ effect }) => ({
        ms: Number(effect!.getComputedTiming().duration),
        moves: (effect as KeyframeEffect).getKeyframes().some((frame) => 'transform' in frame),
      }));
      widget.remove();
      return running;
    };
    expect(await moving()).toContainEqual({ ms: 220, moves: true });
    await emulate('reduce');
    try {
      const running = await moving();
      expect(running.length).toBeGreaterThan(0);
      expect(running.every(({ ms, moves }) => ms <= 80 && !moves)).toBe(true);
    } finally {
      await emulate('');
    }
  });
});
