/**
 * What a link answers with. Reading it spends nothing: the script asks for the session, which neither HEAD, nor the
 * preview of a link in a chat, nor a browser that fetches ahead will do.
 */
export const openingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Cutpoint</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem">
<h1 style="font-size: 1.25rem" id="sentence">Opening Cutpoint…</h1>
<p id="remedy"><noscript>Cutpoint's window needs JavaScript.</noscript></p>
<script src="/open.js"></script>
`;

/** Exchanges the token for a session, keeps the page's secret where no other port can read it, and opens the window. */
export const openingScript = `'use strict';
function say(id, text) {
  document.getElementById(id).textContent = text;
}
async function open() {
  const token = new URLSearchParams(location.search).get('token');
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch('/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
  const reply = await answer.json();
  if (!answer.ok) {
    say('sentence', reply.message);
    say('remedy', reply.remedy || '');
    return;
  }
  localStorage.setItem('cutpoint-secret', reply.secret);
  // The token leaves the address bar.
  location.replace('/');
}
function attempt() {
  open().catch(() => {
    say('sentence', 'Cutpoint could not be opened in this browser.');
    say('remedy', 'Check that Cutpoint still runs, and that this browser may store data for 127.0.0.1.');
  });
}
if (document.prerendering) document.addEventListener('prerenderingchange', attempt, { once: true });
else attempt();
`;
