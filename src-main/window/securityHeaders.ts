/** Sources allowed beside the usual ones, by directive. */
export type Additions = Readonly<Partial<Record<'connect-src' | 'style-src' | 'worker-src', readonly string[]>>>;

/**
 * What Vite's client needs in development: it writes styles into elements, which carry this nonce, and waits in a worker
 * for a server that is gone.
 */
export const developmentPolicy = (nonce: string): Additions => ({
  'style-src': [`'nonce-${nonce}'`],
  'worker-src': ['blob:'],
});

/**
 * Headers with which both shells deliver the window. Nothing from elsewhere is loaded, nothing is sent elsewhere, no
 * inline script runs. Charts and widths set style attributes; previews are data or blob images.
 */
export function securityHeaders(...additions: Additions[]): Record<string, string> {
  const added = (directive: keyof Additions) => additions.flatMap((each) => each[directive] ?? []);
  const workers = added('worker-src');
  const policy = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...added('style-src')],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...added('connect-src')],
    ...(workers.length > 0 ? { 'worker-src': workers } : {}),
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cache-Control': 'no-store',
  };
}
