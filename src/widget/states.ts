/** The states of an element that page CSS may select: `:state(live)`. */

/** Sets or takes back a state, of an element that is `idle` at first. Older browsers want dashed names, or know no states at all: there, pages style by events. */
export function stateMarker(element: HTMLElement): (state: string, on: boolean) => void {
  let internals: ElementInternals | null = null;
  const mark = (state: string, on: boolean): void => {
    try {
      internals ??= element.attachInternals();
      if (on) internals.states.add(state);
      else internals.states.delete(state);
    } catch {
      // as above
    }
  };
  mark('idle', true);
  return mark;
}
