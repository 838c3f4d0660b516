/** Which pages may use a widget. The proxy asks before it creates a call, the gateway before it starts one. */

/**
 * Exactly one of `allowed`, or any where that is empty; `https://*.example.com` means every subdomain, and not
 * `https://example.com` itself. A page on the developer's own machine is let in, but not in production.
 *
 * @param origin as a browser's `Origin` header has it
 */
export function originAllowed(origin: string, allowed: readonly string[], production: boolean): boolean {
  if (allowed.length === 0) return true;
  const wanted = normalised(origin);
  if (wanted === null) return false;
  if (!production && isLocal(wanted)) return true;
  return allowed.some((entry) => {
    const rule = normalised(entry);
    return rule !== null && (rule === wanted || covers(rule, wanted));
  });
}

function covers(rule: string, origin: string): boolean {
  const [scheme, domain, ...more] = rule.split('*');
  const subdomain = more.length === 0 && scheme!.endsWith('://') && domain?.startsWith('.');
  return subdomain === true && origin.startsWith(scheme!) && origin.endsWith(domain!);
}

/** Scheme, host and port, the default port left out; null for what has no origin, "null" among it. */
function normalised(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin } = new URL(text);
  return origin === 'null' ? null : origin;
}

function isLocal(origin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
}
