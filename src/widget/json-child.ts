/** A published widget object that the page wrote inside the tag, as JSON. */

const told = new WeakSet<Element>();

/** Null where there is none. One that can't be read is told once. */
export function jsonChild(element: Element): unknown {
  const script = element.querySelector(':scope > script[type="application/json"]');
  if (!script) return null;
  try {
    return JSON.parse(script.textContent!);
  } catch (error) {
    if (!told.has(script)) console.warn(`<${element.localName}>: the JSON inside can't be read. ${String(error)}`);
    told.add(script);
    return null;
  }
}
