/** The states of an element that page CSS may select: `:state(live)`. */

/** Sets or takes back a state. Older browsers want dashed names, or know no states at all: there, pages style by events. */
export function stateMarker(element: HTMLElement): (state: string, on: boolean) => void {
  let internals: ElementInternals | null = null;
  return (state, on) => {
    try {
      internals ??= element.attachInternals();
      if (on) internals.states.add(state);
      else internals.states.delete(state);
    } catch {
      // as above
    }
  };
}
